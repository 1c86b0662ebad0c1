package page

// state is a place in the sequence chrome, header, story, trailer, chrome.
type state uint8

const (
	before  state = iota // chrome before the story
	header               // what is said about it
	story                // the text itself
	trailer              // what is said about it afterwards
	after                // chrome after the story
	states
)

// feature is something that can be seen of a line and says what it may be.
type feature uint8

const (
	strongLabel feature = iota
	weakLabel
	manyLabels
	loneLabel
	foreignLabel
	byline
	titleByline
	titleAgain
	chapterHeading
	headingTag
	centered
	mostlyLinks
	chromePhrase
	invitation
	storyRegion
	headerRegion
	chromeRegion
	repeated
	authorTalk
	narrative
	dialogue
	longText
	shortText
	running
	labelValue
	letter
	aheadOfRule
	finalWords
	dividing
	infoRow
	laterHeading
	likeStory
	trailing
	lastWords
	features
)

// scores returns how much each feature speaks for each state: logarithms of
// odds, set by hand on part of the labelled pages and checked on the rest.
//
//	before, header, story, trailer, after
func scores() [features][states]float64 {
	return [features][states]float64{
		strongLabel:    {-2, 5, -5, 3, -2},
		weakLabel:      {0, 1.5, -1.2, 0.5, 0},
		manyLabels:     {0, 3, -4, 1.5, 0},
		loneLabel:      {0, 3, -3, 1, 0},
		foreignLabel:   {0.3, 1, -0.2, -0.3, 0.3},
		byline:         {-1, 4, -3, 0.5, -1},
		titleByline:    {0, 3, -2, 0, 0},
		titleAgain:     {1, 4, -3, 0, 0.5},
		chapterHeading: {-1, 3, -1, -1, -1},
		headingTag:     {0.5, 2, -0.8, 0, 0},
		centered:       {0.2, 0.5, -0.4, 0.2, 0.2},
		mostlyLinks:    {4, -1, -4, 0.5, 4},
		chromePhrase:   {4.5, -0.5, -3.5, 0.5, 4.5},
		invitation:     {-0.5, 1, -1.5, 2, 0.5},
		storyRegion:    {-3, -0.5, 3, -0.5, -2},
		headerRegion:   {-0.5, 3, -4, 0.5, -1},
		chromeRegion:   {5, -3, -6, -1, 5},
		repeated:       {6, -2, -6, 1, 6},
		authorTalk:     {-0.3, 0.9, -0.9, 0.8, -0.3},
		narrative:      {-2, -0.8, 0.8, -0.8, -2},
		dialogue:       {-2, -1.5, 1.5, -1.5, -2},
		longText:       {-2, -0.5, 1.2, -0.5, -2},
		shortText:      {0.4, 0.6, -0.7, 0.3, 0.5},
		running:        {-1, -0.5, 0.7, -0.5, -1},
		labelValue:     {0, 4, -4, 2, 0},
		letter:         {-2, -4, 3, -1, -2},
		aheadOfRule:    {0, 2.5, -1, 0, 0},
		finalWords:     {-2, -2, -0.5, 2.5, -1},
		dividing:       {0, 0, 0, 0, 0},
		infoRow:        {-1, 6, -6, 1, -1},
		laterHeading:   {-1, -3, 1, -1, -1},
		likeStory:      {-0.5, -2, 1.5, -0.5, -0.5},
		trailing:       {0, -1, 0.8, 0, 0},
		lastWords:      {0, 0, 1, -1, -1},
	}
}

// never is the cost of an impossible step.
const never = -1e9

// steps returns the cost of going from one state to the next. Returning from
// the end of a story to a header takes several labels: a second story on the
// same page.
func steps() [states][states]float64 {
	return [states][states]float64{
		before:  {0, 0, -1.5, never, never},
		header:  {-1, 0, -1, never, never},
		story:   {never, -8, 0.3, -3, -3.5},
		trailer: {never, -6, -6, 0, -0.3},
		after:   {never, -6, -5, -0.3, 0},
	}
}

// starts returns the cost of beginning in each state.
func starts() [states]float64 {
	return [states]float64{0, 0.1, -1.5, never, never}
}
