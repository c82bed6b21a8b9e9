/** The shapes of the HTTP contract under the names of the glossary. They are generated; this only names them. */
import type { components, operations } from './schema'

type Schemas = components['schemas']

export type Me = Schemas['Me']
export type Capability = 'register' | 'handle' | 'see_statistics' | 'administer' | 'audit' | 'see_organisation'

export type Person = Schemas['PersonName']
export type PersonAccount = Schemas['PersonAccount']
export type Unit = Schemas['UnitName']
export type Invitation = Schemas['Invitation']

export type Organisation = Schemas['OrganisationView']
export type UnitEntry = Schemas['UnitView']
export type PersonEntry = Schemas['PersonView']
export type Holdings = Schemas['HoldingsView']
export type HeldCase = Schemas['HeldCase']
export type HandedOver = Schemas['HandedOverView']
export type Away = Schemas['AwayView']
export type Relation = Schemas['RelationView']
export type NewRelation = Schemas['NewRelation']
export type RelationKind = Schemas['RelationWord']
export type ActsFor = Schemas['ActsFor']

export type Titled = Schemas['Named']
export type Clause = Schemas['ClauseText']

export type KindForm = Schemas['KindForm']
export type PolicyInForce = Schemas['PolicyInForce']
export type PartForm = Schemas['PartForm']
export type FieldForm = Schemas['FieldForm']
export type FieldType = Schemas['FieldKind']
export type NewCase = Schemas['NewCase']
export type ColumnForm = Schemas['ColumnForm']
export type RowValues = Record<string, string | boolean | string[]>
export type FieldValue = string | number | boolean | string[] | RowValues[]
export type FieldValues = Record<string, FieldValue>

export type CaseQuery = NonNullable<operations['list_cases']['parameters']['query']>
export type CaseStatus = Schemas['CaseStatus']
export type CaseRow = Schemas['CaseRowView']
export type CaseView = Schemas['CaseView']
export type Counts = Schemas['ViewCounts']
export type View = keyof Counts
export type Holder = Schemas['HolderView']
export type CaseLink = Schemas['LinkView']
export type AttachmentList = Schemas['AttachmentList']
export type Attachment = Schemas['AttachmentView']
export type AttachmentSort = Schemas['AttachmentSort']
export type CustomerFile = Schemas['CustomerFileView']
export type Hold = Schemas['HoldView']
export type MigratedClock = Schemas['MigratedClock']
export type FactPart = Schemas['FactGroup']
export type FormCopy = Schemas['CopyView']
export type Level = Schemas['LevelView']
export type CaseLevel = Schemas['CaseLevelView']
export type Contacts = Schemas['ContactsView']
export type Scale = Schemas['ScaleView']
export type CategoryNode = Schemas['TreeNode']
export type PartyRole = Schemas['PartyRoleForm']
export type PartyGroup = Schemas['PartyGroup']
export type Party = Schemas['PartyView']
export type Seal = Schemas['SealView']
export type Settlement = Schemas['SettlementView']
export type SettledSheet = Schemas['SheetView']
export type SheetRow = Schemas['SheetRowView']
export type SheetCell = Schemas['SheetCell']
export type SealOpened = Schemas['SealOpened']
export type NewParty = Schemas['NewParty']
export type Written = Schemas['CommandDone']

export type ClockState = Schemas['ClockStateKind']
export type ClockView = Schemas['ClockView']
export type ExtensionOffer = Schemas['ExtensionOffer']

export type Likeness = Schemas['LikenessView']

export type Process = Schemas['Process']
export type ProcessNode = Schemas['ProcessNode']
export type ProcessEdge = Schemas['ProcessEdge']

export type Offer = Schemas['OfferView']
export type ReceiptIssued = Schemas['ReceiptIssued']
export type OfferCommand = Schemas['CommandName']
export type Entry = Schemas['EntryView']

export type Duty = Schemas['DutyView']
export type DutyPeriod = Schemas['DutyPeriodView']
export type DutyStanding = DutyPeriod['standing']
export type Matter = Schemas['MatterView']

export type CountedWords = Schemas['CountedView']
export type MeasuredKind = Schemas['MeasuredKind']
export type Figures = Schemas['FiguresView']
export type UnitFigures = Schemas['UnitFigures']
export type MeasureFigure = Schemas['MeasureFigure']
export type Target = Schemas['TargetView']
export type DurationFigure = Schemas['DurationFigure']

export type Calendar = Schemas['CalendarView']
export type CalendarVersion = Schemas['CalendarVersionView']
export type CalendarPreview = Schemas['CalendarPreview']

export type PolicyVersion = Schemas['PolicyVersionView']
export type PolicyStop = Schemas['PolicyStopView']
export type VersionDetail = Schemas['PolicyVersionDetail']
export type Adoption = Schemas['AdoptionView']
export type Parameter = Schemas['ParameterView']
export type DraftRow = Schemas['DraftRow']
export type Draft = Schemas['DraftView']
export type DraftComment = Schemas['DraftCommentView']
export type DraftConsent = Schemas['DraftConsentView']
export type Finding = Schemas['FindingView']
export type ClauseChange = Schemas['ClauseChangeView']
export type TouchedElements = Schemas['TouchedView']

export type Problem = Schemas['Problem']
export type FieldProblem = Schemas['FieldProblem']
