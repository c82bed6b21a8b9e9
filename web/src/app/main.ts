import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import '@/styles/tokens.css'
import '@/styles/base.css'
import '@/styles/controls.css'
import '@/styles/element.css'
import '@/styles/print.css'
import { applyTheme } from '@/entities/appearance/theme'
import { applyLanguage, i18n, preferredLanguage } from '@/i18n'
import App from './App.vue'
import { queryClient } from './queryClient'
import { router } from './router'
import { reloadOnceWhenOutdated } from './upgrade'

reloadOnceWhenOutdated()
applyTheme()
await applyLanguage(preferredLanguage())

createApp(App).use(i18n).use(VueQueryPlugin, { queryClient }).use(router).mount('#app')
