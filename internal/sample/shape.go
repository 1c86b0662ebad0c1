package sample

// The measured shape of a large archive of seven million stories, from published
// counts of its tags and headers. Where no count was found, the comment says
// "assumed". Counts are of the whole archive; shares are from 0 to 1.

// How many canonical names there are of each kind.
const (
	fandomCount       = 42_344
	characterCount    = 327_424
	relationshipCount = 625_122
	freeformCount     = 181_067
)

// How many tags a story has of each kind, in the mean. Those of characters,
// relationships and freeforms are assumed; they add up to the measured 16.4 tags
// with ratings, warnings and categories. A story with many of one kind has many
// of the others too.
const (
	relationshipsMean = 2.3
	charactersMean    = 4.0
	freeformsMean     = 5.5
	tagginess         = 2 // shape of the gamma distribution that the three have in common
)

const (
	crossoverShare = 0.1438 // stories of more than one fandom
	crossoverMore  = 1.4    // mean number of fandoms beyond the second: 1.35 a story in all
	synonymShare   = 0.544  // stories with at least one synonym
	completeShare  = 0.841
	seriesShare    = 0.22  // assumed
	seriesMean     = 3.5   // assumed; stories of a series, geometric
	twoAuthors     = 0.02  // assumed
	moreAuthors    = 0.003 // assumed; three or more
	membersShare   = 0.05  // assumed; 0.016 in a small sample
	twoCategories  = 0.14
	friendsShare   = 0.27 // relationships that are friendships, written with &
)

// The lengths of stories and chapters are log-normal: mean and deviation of the
// natural logarithm of the number of words, or of chapters.
const (
	oneChapterShare = 0.70 // assumed
	oneMu           = 7.37
	oneSigma        = 1.206
	chaptersMu      = 1.785 // of stories with several
	chaptersSigma   = 1.053
	perChapterMu    = 7.715 // words of a chapter, in the mean of its story
	perChapterSigma = 0.923
	chapterSigma    = 0.35 // assumed; how the chapters of a story differ
	maxChapters     = 2548
	maxWords        = 4_073_600
)

// Synonyms of a canonical name follow a power law: one in the median, five at the
// 95th percentile, 1,334 at most.
const (
	synonymSlope = 1.67
	maxSynonyms  = 1334
	// How likely one tag of a story is written as a synonym, where it has any:
	// chosen so that synonymShare comes out.
	synonymUse = 0.096
	// How likely a tag is written in another case, which is no synonym.
	caseUse = 0.04
)

// The shares of canonical names that have synonyms, the most used first.
const (
	fandomSynonyms       = 4_959.0 / fandomCount
	characterSynonyms    = 28_888.0 / characterCount
	relationshipSynonyms = 24_592.0 / relationshipCount
	freeformSynonyms     = 46_901.0 / freeformCount
)

// unsortedUse is how likely a freeform tag is one that nobody else has: 1.35
// tags a story are on no list.
const unsortedUse = 0.22

// point is a place on the curve of popularity.
type point struct{ rank, count float64 }

// popularity is how many stories the fandom of a rank has. Between the points it
// is a power law, so that the slope bends at each: 0.7 in the mean to rank 100,
// 1.3 to rank 1,000, then 1.7 to 2.7.
func popularity() []point {
	return []point{
		{1, 361_919},
		{10, 130_918},
		{50, 36_097},
		{100, 18_656},
		{500, 2_607},
		{1000, 895},
		{5000, 57},
		{10_000, 13},
		{20_000, 2},
	}
}

// share is a value with how often it occurs.
type share struct {
	value  string
	weight float64
}

// languages are those of stories. What is beyond the ten most frequent is
// assumed to fall off evenly.
func languages() []share {
	return []share{
		{"en", .9062},
		{"zh", .0461},
		{"ru", .0188},
		{"es", .00972},
		{"fr", .00442},
		{"it", .00334},
		{"id", .00220},
		{"pt-BR", .00211},
		{"de", .00198},
		{"pl", .00196},
		{"uk", .0007},
		{"ja", .0005},
		{"ko", .0004},
		{"vi", .0003},
		{"tr", .0003},
		{"cs", .0002},
		{"hu", .0002},
		{"nl", .0002},
		{"fi", .0002},
		{"sv", .0001},
		{"ar", .0001},
		{"he", .0001},
		{"el", .0001},
		{"cy", .00005},
		{"eo", .00005},
		{"la", .00005},
	}
}

// ratings are normalised ratings; "" is a story that is not rated.
func ratings() []share {
	return []share{{"", .1086}, {"general", .2782}, {"teen", .2989}, {"mature", .1514}, {"explicit", .1629}}
}

// warnings are by how many stories bear them, of 7,269,693. The names of the
// rarest are our own. A story bears 1.09 of them in the mean.
func warnings() []share {
	return []share{
		{noWarnings, 4_095_298},
		{"Chooses Not to Warn", 2_556_570},
		{"Graphic Violence", 519_931},
		{"Major Character Death", 379_648},
		{"Distressing Scenes", 192_479},
		{"Grief", 178_303},
	}
}

// noWarnings says that there is nothing to warn of.
const noWarnings = "No Warnings Apply"

// categories are by how many stories bear them. A story bears 1.14 of them in
// the mean.
func categories() []share {
	return []share{{"M/M", 3_744_166}, {"F/M", 1_839_948}, {"Gen", 1_423_967}, {"F/F", 654_059}, {"Multi", 369_718}, {"Other", 231_426}}
}

// storyCount is the number of stories that the counts above are of.
const storyCount = 7_269_693

// scales are the ways in which authors write a rating, the most usual twice.
func scales() map[string][]string {
	return map[string][]string{
		"":         {"Not Rated"},
		"general":  {"General Audiences", "General Audiences", "G", "K", "PG", "All ages"},
		"teen":     {"Teen And Up Audiences", "Teen And Up Audiences", "T", "PG-13", "K+", "12"},
		"mature":   {"Mature", "Mature", "M", "R", "16"},
		"explicit": {"Explicit", "Explicit", "E", "NC-17", "18"},
	}
}
