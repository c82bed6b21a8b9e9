import { createRouter, createWebHistory } from 'vue-router'
import { meQuery, onlyReads, seesCases } from '@/entities/session/session'
import { queryClient } from './queryClient'

declare module 'vue-router' {
  interface RouteMeta {
    /** The key of the page's title. */
    title: string
    /** Shown without signing in, and without the shell. */
    open?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: { name: 'cases' } },
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('@/pages/sign-in/SignInPage.vue'),
      meta: { title: 'signIn.title', open: true },
    },
    {
      path: '/setup',
      name: 'setup',
      component: () => import('@/pages/first-password/FirstPasswordPage.vue'),
      props: { link: 'setup' },
      meta: { title: 'firstPassword.setupTitle', open: true },
    },
    {
      path: '/invitation',
      name: 'invitation',
      component: () => import('@/pages/first-password/FirstPasswordPage.vue'),
      props: { link: 'invitation' },
      meta: { title: 'firstPassword.invitationTitle', open: true },
    },
    {
      path: '/cases',
      name: 'cases',
      component: () => import('@/pages/worklist/WorklistPage.vue'),
      meta: { title: 'nav.cases' },
    },
    {
      path: '/cases/new',
      name: 'register',
      component: () => import('@/pages/register/RegisterPage.vue'),
      meta: { title: 'register.title' },
    },
    {
      path: '/cases/:id',
      name: 'case',
      component: () => import('@/pages/case/CasePage.vue'),
      props: true,
      meta: { title: 'worklist.case' },
    },
    {
      path: '/statistics',
      name: 'statistics',
      component: () => import('@/pages/statistics/StatisticsPage.vue'),
      meta: { title: 'statistics.title' },
    },
    {
      path: '/reports',
      name: 'reports',
      component: () => import('@/pages/reports/ReportsPage.vue'),
      meta: { title: 'reports.title' },
    },
    {
      path: '/reports/:policy/:report',
      name: 'report',
      component: () => import('@/pages/reports/ReportPage.vue'),
      props: true,
      meta: { title: 'reports.title' },
    },
    {
      path: '/duties',
      name: 'duties',
      component: () => import('@/pages/duties/DutiesPage.vue'),
      meta: { title: 'duties.title' },
    },
    {
      path: '/duties/:policy/:duty',
      name: 'duty',
      component: () => import('@/pages/duties/DutyPage.vue'),
      props: true,
      meta: { title: 'duties.title' },
    },
    {
      path: '/policies',
      name: 'policies',
      component: () => import('@/pages/policies/PoliciesPage.vue'),
      meta: { title: 'policies.title' },
    },
    {
      path: '/policies/drafts/:id',
      name: 'draft',
      component: () => import('@/pages/policies/DraftPage.vue'),
      props: true,
      meta: { title: 'policies.title' },
    },
    {
      path: '/policies/:policy/versions/:version',
      name: 'policy-version',
      component: () => import('@/pages/policies/VersionPage.vue'),
      props: true,
      meta: { title: 'policies.title' },
    },
    {
      path: '/policies/:policy/adoptions',
      name: 'policy-adoptions',
      component: () => import('@/pages/policies/adoptions/AdoptionsPage.vue'),
      props: true,
      meta: { title: 'policies.title' },
    },
    {
      path: '/people',
      name: 'people',
      component: () => import('@/pages/people/PeoplePage.vue'),
      meta: { title: 'people.title' },
    },
    {
      path: '/away',
      name: 'away',
      component: () => import('@/pages/away/AwayPage.vue'),
      meta: { title: 'away.title' },
    },
    {
      path: '/password',
      name: 'password',
      component: () => import('@/pages/password/PasswordPage.vue'),
      meta: { title: 'password.title' },
    },
    {
      path: '/:path(.*)*',
      name: 'not-found',
      component: () => import('@/pages/not-found/NotFoundPage.vue'),
      meta: { title: 'notFound.title' },
    },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (to.meta.open === true) return true
  try {
    const me = await queryClient.ensureQueryData(meQuery)
    // Nothing waits on the list of somebody who only reads: the figures are what he comes for.
    if (to.name === 'cases' && Object.keys(to.query).length === 0 && onlyReads(me)) return { name: 'statistics' }
    return to.name === 'cases' && !seesCases(me) ? { name: 'people' } : true
  } catch {
    return { name: 'sign-in', query: to.path === '/cases' ? {} : { next: to.fullPath } }
  }
})
