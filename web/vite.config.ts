import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { compress } from './build/compress.ts'

/** Where `npm run dev` sends API calls. */
const server = process.env.HUIYIN_SERVER ?? 'http://127.0.0.1:8080'

/** `npm run dev` answers `/p` with the portal, as the server does. */
function portalInDevelopment(): Plugin {
  return {
    name: 'portal-in-development',
    configureServer(server) {
      server.middlewares.use((request, _, next) => {
        if (/^\/p(\/|$|\?)/.test(request.url ?? '')) request.url = '/portal.html'
        next()
      })
    },
  }
}

export default defineConfig({
  plugins: [vue(), portalInDevelopment(), compress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The content policy allows no `data:` sources.
  build: {
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { input: ['index.html', 'portal.html'] },
  },
  server: { proxy: { '/api': { target: server } } },
  test: { environment: 'happy-dom', include: ['src/**/*.spec.ts'] },
})
