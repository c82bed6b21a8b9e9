import { createI18n } from 'vue-i18n'
import { setLanguage } from '@/api/client'
import zhCN, { type Messages } from './zh-CN'

export type Language = 'zh-CN' | 'en'

const STORED = 'huiyin.language'

export const i18n = createI18n<[Messages], Language, false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN } as Record<Language, Messages>,
})

/** The chosen language, or the one the browser asks for. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  if (stored === 'zh-CN' || stored === 'en') return stored
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Switches the desk's texts; other languages than Chinese are loaded when first asked for. */
export async function applyLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('./en')).default)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
  setLanguage(language)
}

export function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language)
  return applyLanguage(language)
}
