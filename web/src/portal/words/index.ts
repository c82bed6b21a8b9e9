import { shallowRef } from 'vue'
import zhCN, { type Words } from './zh-CN'

export type Language = 'zh-CN' | 'en'

const STORED = 'huiyin.language'

/** The texts of the language in use. */
export const words = shallowRef<Words>(zhCN)
/** The language in use. */
export const language = shallowRef<Language>('zh-CN')

/** The language chosen before, or the one the browser asks for. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  if (stored === 'zh-CN' || stored === 'en') return stored
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Switches all texts; English is loaded when it is first asked for. */
export async function applyLanguage(chosen: Language): Promise<void> {
  words.value = chosen === 'en' ? (await import('./en')).default : zhCN
  language.value = chosen
  document.documentElement.lang = chosen
}

export function chooseLanguage(chosen: Language): Promise<void> {
  localStorage.setItem(STORED, chosen)
  return applyLanguage(chosen)
}
