import account from './account'
import adoptions from './adoptions'
import books from './books'
import calendars from './calendars'
import caseTexts from './case'
import figures from './figures'
import forms from './forms'
import frame from './frame'
import lists from './lists'
import people from './people'
import policies from './policies'

/** The texts of the desk, by area. Words follow the glossary of the product. */
const messages = { ...frame, ...account, ...lists, ...figures, ...forms, ...caseTexts, ...policies, ...adoptions, ...calendars, ...books, ...people }

export default messages

export type Messages = typeof messages
