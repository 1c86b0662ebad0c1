package sample

import "strings"

// lexicon is the words that all names and texts are made of. They are chosen so
// that what is put together of them can be taken apart again: two names are the
// same only where their parts are.
type lexicon struct {
	adjectives, nouns, gerunds, places []string
	firsts, lasts                      []string
	genres, tropes                     []string
	prefixes, suffixes                 []string
}

func newLexicon() *lexicon {
	return &lexicon{
		adjectives: strings.Fields(adjectives),
		nouns:      strings.Fields(nouns),
		gerunds:    strings.Fields(gerunds),
		places:     join(strings.Fields(placeHeads), strings.Fields(placeTails)),
		firsts:     join(strings.Fields(firstHeads), strings.Fields(firstTails)),
		lasts:      join(strings.Fields(lastHeads), strings.Fields(lastTails)),
		genres:     lines(genres),
		tropes:     lines(tropes),
		prefixes:   lines(prefixes),
		suffixes:   lines(suffixes),
	}
}

// join puts every head before every tail.
func join(heads, tails []string) []string {
	all := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			all = append(all, h+t)
		}
	}
	return all
}

func lines(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") }

const (
	adjectives = `Amber Ancient Autumn Bitter Blue Borrowed Brass Bright Broken Burning Careful Clever Clockwork
Cloudy Copper Crimson Crooked Crystal Curious Dancing Distant Drowned Dusty Early Echoing Eleventh Empty Endless
Evening Faded Faithful Falling Fearless Fifth Floating Foggy Forgotten Fourth Frozen Gentle Gilded Glass Golden Green
Grey Hidden Hollow Honest Humble Hungry Idle Indigo Ivory Kindly Laughing Little Lonely Lost Lucky Marble Midnight
Misty Narrow Nameless Northern Paper Patient Perfect Quiet Restless Rising Rusted Salt Scarlet Second Secret Seventh
Silent Silver Singing Sleeping Southern Stolen Stubborn Sunken Tangled Thirsty Unfinished Velvet Violet Wandering Western
Whispering Wicked Winter Wooden Yellow`

	nouns = `Anchor Answer Apple Archive Arrow Atlas Balloon Bakery Barge Basket Beacon Bell Bicycle Bramble Bridge
Broom Button Cabin Candle Caravan Carousel Castle Cathedral Chapel Charter Cinema Clock Cloak Comet Compass Concert
Cottage Crown Cupboard Curtain Daffodil Dancer Diary Doorway Dragon Drum Eagle Engine Envoy Falcon Feather Ferry Fiddle
Flute Forest Fountain Fox Frost Galleon Garden Gate Ghost Giant Glacier Glove Goblin Granary Guitar Hammer Harbour Harp
Harvest Hedge Heron Honey Horizon Icicle Inn Island Jacket Journey Juggler Kettle Key Kite Knight Ladder Lagoon Lantern
Laurel Ledger Letter Library Lighthouse Lily Locket Loom Machine Magpie Map Market Meadow Melody Mill Mirror Moon Moth
Mountain Museum Needle Nest Oak Ocean Orchard Otter Owl Pearl Pepper Piano Pilgrim Planet Pocket Postcard Quarry Quill
Rabbit Raft Railway Raven Ribbon River Robin Rope Sail Sailor Satchel School Shadow Shell Signal Snowfall Sparrow
Spindle Spoon Staircase Station Stove Sundial Tailor Teapot Telescope Thistle Thunder Ticket Tower Tram Trumpet Umbrella
Valley Violin Voyage Walnut Waltz Weaver Whistle Willow Window Wizard Workshop Zeppelin`

	gerunds = `Asking Baking Borrowing Building Burying Carrying Catching Chasing Climbing Collecting Counting Crossing
Drawing Dreaming Finding Fixing Following Forgiving Gathering Guarding Guessing Hearing Hiding Holding Keeping Knitting
Learning Leaving Lending Losing Making Mending Minding Missing Moving Naming Opening Packing Painting Planting Playing
Polishing Promising Reading Remembering Repairing Rescuing Returning Sailing Saving Seeking Sharing Sketching Solving
Stealing Sweeping Tasting Teaching Tending Trading Trusting Visiting Waking Washing Watching Weighing Winning Writing`

	placeHeads = `Ald Bel Cor Dun Ever Fen Gal Hart Ister Jor Kel Lor Mar Nor Os Pell Quen Ras Sel Thorn Ul Vel Wyn Yar Zan`
	placeTails = `mere dale gard haven holm moor port reach stead wick`

	firstHeads = `Ada Be Ca Co Da Do E Fa Fe Ga He I Ja Jo Ka Ke La Lu Ma Me Mi Na Ne No O Pe Ra Ro Sa Se Ta Te U Vi Ze`
	firstTails = `bel bin dan dor dra gan len lia lin lio mas mir nan nel nor ra rek ren rik rin ros ryn san sha tan ter tia tor vek vin`

	lastHeads = `Amble Apple Ash Birch Black Bram Brook Butter Chester Clover Cold Crane Dove Elm Fair Fern Fletch Gray Hawk
Hazel Heath Hollin Kettle Lark Linden Marl Nettle North Oaken Pember Penn Quick Raven Rook Sedge Stern Thorn Wester Whit Winter`
	lastTails = `bourne by combe cott croft den field ford gate grove ham hurst ley more shaw stone ton well wood worth`

	genres = `
Fluff
Angst
Humour
Friendship
Adventure
Family
Drama
Mystery
Romance
Hurt and Comfort
Slice of Life
Alternate Universe
Action
Fantasy
Poetry
Science Fiction
Supernatural
Historical
Crossover
Parody
Character Study
Holiday
Ghost Story
Fairy Tale
Detective Story
Sea Story
Travel
Letters
Suspense
Comedy of Errors`

	tropes = `
Slow Burn
Found Family
First Meeting
Missing Scene
Happy Ending
Post-Canon
Pre-Canon
Canon Divergence
Getting Together
Mutual Pining
Misunderstandings
Enemies to Friends
Sharing a Blanket
Snowed In
Road Trip
Sick Day
Time Travel
Secret Identity
Coffee Shop
School Days
Body Swap
Soulmates
Second Chances
Established Relationship
Fake Dating
Childhood Friends
Long Distance
Birthday
Winter Festival
New Year
Rainy Day
Baking
Gardening
Magic
Pirates
Dragons
Royalty
Space Travel
Treasure Hunt
Lost and Found
Rivals
Reunion
Homecoming
Road Not Taken
Five Times
Ficlet
One-Shot
Drabble
Songs
Banter
Domestic
Ballroom
Dreams
Memory Loss
Rescue
Sacrifice
Redemption
Loyalty
Courage
Kindness
Pets
Cats
Dogs
Library
Theatre
Music
Sports
Cooking
Trains
Ships
Lighthouses
Stars
Prompt
Gift
Exchange
Fanmix
Illustrated
Podfic Welcome
Translation Welcome
Work of Two Summers`

	// What is written around a tag by those who do not know its canonical form.
	prefixes = `
a bit of
some
so much
lots of
just
really
kind of
sort of
mostly
very
too much
all the
hints of
mentions of
implied
background
slight
light
mild
heavy
eventual
past
future
possible
attempted
minor
major
accidental
unexpected
unapologetic`

	suffixes = `
- freeform
again
always
maybe
probably
of sorts
if you squint
at last
in the end
eventually
mentioned
implied
galore
i guess
because why not
my favourite
no regrets
everywhere
ahead
abounds
as usual
this time
for once
sorry
not sorry
i promise
i hope
sort of thing
kind of
ish
vibes
feels
times
stuff
things
content
central
season
hours
mood
trope
tag
tagged
warning
please`
)
