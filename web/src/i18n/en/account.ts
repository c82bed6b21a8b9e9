import type account from '../zh-CN/account'

const texts: typeof account = {
  signIn: {
    title: 'Sign in',
    lead: 'Enter the desk with your account.',
    login: 'Login',
    password: 'Password',
    submit: 'Sign in',
    setupOpen: 'There is no account yet: open the setup link the server printed at its start to make the first administrator.',
    promise: 'Every voice is answered',
  },
  firstPassword: {
    setupTitle: 'Make the first administrator',
    setupLead: 'The link works once. Everyone else is invited by an administrator.',
    invitationTitle: 'Activate your account',
    invitationLead: 'Choose a login and a password; you will sign in with them from now on.',
    login: 'Login',
    loginHelp: 'What you type to sign in, such as your staff number.',
    password: 'Password',
    passwordHelp: 'At least {count} characters; a phrase is easier to remember than symbols.',
    repeat: 'Password again',
    submit: 'Create the account and sign in',
    noToken: 'This link is incomplete. Open the full link from the message you received.',
  },
  password: {
    title: 'Change password',
    current: 'Current password',
    chosen: 'New password',
    repeat: 'New password again',
    submit: 'Save the new password',
    done: 'Password changed',
    tooShort: 'At least {count} characters are needed.',
    differs: 'The two entries differ.',
  },
}

export default texts
