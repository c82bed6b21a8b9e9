/** Choices of a yes-or-no field. */
export const YES = 'yes'
export const NO = 'no'
