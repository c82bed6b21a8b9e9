import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { compress } from './build/compress.ts'

/** Where `npm run dev` sends API calls. */
const server = process.env.HUIYIN_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue(), compress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The content policy allows no `data:` sources.
  build: { assetsInlineLimit: 0, reportCompressedSize: false },
  server: { proxy: { '/api': { target: server } } },
  test: { environment: 'happy-dom', include: ['src/**/*.spec.ts'] },
})
