import { createApp } from 'vue'
import '@/styles/tokens.css'
import '@/styles/base.css'
import './portal.css'
import { applyTheme } from '@/entities/appearance/theme'
import { loadHome } from './home'
import PortalApp from './PortalApp.vue'
import { applyLanguage, preferredLanguage } from './words'

applyTheme()
void applyLanguage(preferredLanguage()).then(() => {
  void loadHome()
  createApp(PortalApp).mount('#app')
})
