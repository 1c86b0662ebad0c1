package vocab

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fandomTable names fandoms of 1998-2010 that pages mention in passing, each
// with the other ways they were written. A name with a leading "=" is taken only
// as spelt, case included: it is an ordinary word or a few letters otherwise.
const fandomTable = `Buffy the Vampire Slayer|BtVS|Buffy The Vampire Slayer|=Buffyverse
Angel: the Series|AtS|Angel the Series
Harry Potter|=HP|Гарри Поттер
The Lord of the Rings|Lord of the Rings|LotR|Herr der Ringe|Le Seigneur des Anneaux|Властелин колец
The Silmarillion|=Silmarillion
The Hobbit
Star Wars|Star Wars: The Phantom Menace|The Phantom Menace|=TPM|Звёздные войны|Звездные войны
Star Trek|=TOS
Star Trek: Voyager|Star Trek Voyager|=ST:VOY
Star Trek: The Next Generation|=TNG|=ST:TNG
Star Trek: Deep Space Nine|Deep Space Nine|=DS9
Star Trek: Enterprise
The X-Files|X-Files|X Files|The X Files|=XF|Akte X|Секретные материалы
Stargate SG-1|Stargate SG1|SG-1|SG1|Stargate
Stargate Atlantis|Stargate: Atlantis|=SGA
The Sentinel|=Sentinel
Highlander|Highlander: the Series
Smallville
Lois and Clark|Lois & Clark
Xena: Warrior Princess|Xena Warrior Princess|=XWP
Hercules: The Legendary Journeys
Gundam Wing|Mobile Suit Gundam Wing
Gundam SEED
Gundam
Sailor Moon|Bishoujo Senshi Sailor Moon
Ranma 1/2|=Ranma|Ranma ½
Dragon Ball Z|Dragonball Z|=DBZ|Dragonball|Dragon Ball
Neon Genesis Evangelion|=Evangelion|=NGE
Final Fantasy VII|=FFVII|=FF7
Final Fantasy VIII|=FF8
Final Fantasy X
Final Fantasy
Fullmetal Alchemist|Full Metal Alchemist|=FMA
Inuyasha|Inu-Yasha|InuYasha
Naruto|=Bleach|One Piece|Death Note|Yu-Gi-Oh|Yu-Gi-Oh!|YuGiOh|Pokemon|Pokémon|Digimon|Weiss Kreuz|Weiß Kreuz|Saiyuki|Fushigi Yuugi|Fushigi Yugi|Slayers|Cowboy Bebop|Card Captor Sakura|Cardcaptor Sakura|Escaflowne|Vision of Escaflowne|Rurouni Kenshin|Trigun|Hellsing|Yu Yu Hakusho|Yuu Yuu Hakusho|Prince of Tennis|Tenchi Muyo|Ah! My Goddess|Slam Dunk|Gravitation|Kingdom Hearts|Ouran High School Host Club|Code Geass|Hetalia|Vampire Knight|Beyblade|Shaman King|Love Hina|Utena|Revolutionary Girl Utena|Saint Seiya
CSI|C.S.I.|CSI: Crime Scene Investigation
CSI: Miami|CSI Miami
CSI: NY
NCIS
JAG|=Jag
The West Wing|West Wing
Farscape|=Firefly|=Serenity|Andromeda|Babylon 5|Babylon5|Battlestar Galactica|=BSG|Earth 2|=Sliders|Quantum Leap|Lexx|Space: Above and Beyond|seaQuest|SeaQuest DSV|Dark Angel|Roswell|Jeremiah|Mutant X|Witchblade|The 4400|Heroes|=Lost|Torchwood|Doctor Who|=DW|Blake's 7|Blakes 7|Red Dwarf|Sapphire and Steel|Primeval|Life on Mars|Merlin|Robin Hood|Sherlock
Supernatural|=SPN|Charmed|Forever Knight|Kindred: The Embraced|Poltergeist: The Legacy|Brimstone|Twilight|True Blood|The Vampire Diaries|Anita Blake|Vampire Chronicles
The Magnificent Seven|Magnificent Seven|Magnificent 7|=Mag7|The Professionals|Starsky and Hutch|Starsky & Hutch|Due South|due South|The Man from U.N.C.L.E.|Man from UNCLE|The Man from UNCLE|MacGyver|The A-Team|A-Team|Wiseguy|Miami Vice|Hawaii Five-0|Simon and Simon|Knight Rider|Airwolf|Emergency!|Adam-12|The Equalizer|Remington Steele|Moonlighting|Magnum PI|Hardcastle and McCormick|The Rat Patrol|Combat!|Alias Smith and Jones|Bonanza|The Big Valley|Walker, Texas Ranger|Dr. Quinn|Once a Thief|La Femme Nikita|Nikita|Profiler|The Pretender|Homicide|Homicide: Life on the Street|Law & Order|Law and Order|Law & Order: SVU|NYPD Blue|Third Watch|Alias|=ER|House MD|House M.D.|House, M.D.|Grey's Anatomy|Without a Trace|Cold Case|Criminal Minds|Numb3rs|Bones|The Closer|Prison Break|=24|=OZ|Queer as Folk|The L Word|Will & Grace|Friends|Frasier|Gilmore Girls|Dawson's Creek|One Tree Hill|The OC|The O.C.|Veronica Mars|Desperate Housewives|Ally McBeal|Boy Meets World|Popular|Glee|Degrassi|MASH|M*A*S*H|Hogan's Heroes|Thunderbirds|Power Rangers|Beauty and the Beast|Early Edition|Seven Days|The Invisible Man|The Fast and the Furious|Velvet Goldmine|The Mummy|Pirates of the Caribbean|PotC|POTC|=Matrix|The Matrix|Moulin Rouge|Master and Commander|Hornblower|Horatio Hornblower|The Phantom of the Opera|Phantom of the Opera|=Newsies|Les Miserables|Les Misérables|=Rent|Titanic|Troy|King Arthur|Van Helsing|X-Men|X-Men Evolution|X-Men: Evolution|Spider-Man|Spiderman|Batman|Superman|Justice League|Teen Titans|Young Justice|Daredevil|Fantastic Four|Iron Man|The Avengers|Gargoyles|Transformers|Avatar: The Last Airbender|Kim Possible|Danny Phantom|Animorphs|Artemis Fowl|Percy Jackson|The Chronicles of Narnia|Narnia|Discworld|His Dark Materials|Dragonriders of Pern|Valdemar|Tortall|Redwall|The Baby-Sitters Club|Nancy Drew|Hardy Boys|Sherlock Holmes|Pride and Prejudice|Gone with the Wind|Wicked|Eragon|Warriors|The Hunger Games|Maximum Ride|Stephanie Plum|Ender's Game|Metal Gear Solid|Resident Evil|Legend of Zelda|The Legend of Zelda|Chrono Trigger|Chrono Cross|Silent Hill|Warcraft|World of Warcraft|Starcraft|Mass Effect|Dragon Age|Baldur's Gate|Suikoden|Fire Emblem|Tales of Symphonia|Sonic the Hedgehog|Kirby|Professional Wrestling|WWE|WWF|=MAG7`

// fandomNames maps every written form, folded, to the first name of its fandom;
// forms with "=" are stored unfolded.
func fandomNames() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(fandomTable) {
		names := strings.Split(strings.TrimSpace(line), "|")
		first := names[0]
		for _, name := range names {
			if len(names) > 8 {
				first = name // the long rows are lists of fandoms, not of one fandom's names
			}
			if exact, ok := strings.CutPrefix(name, "="); ok {
				m["="+exact] = strings.TrimPrefix(first, "=")
				continue
			}
			m[Fold(name)] = first
		}
	}
	return m
}

// Fandom reports whether s names a fandom that is widely known.
func (v *Vocabulary) Fandom(s string) bool {
	s = strings.Trim(s, " .,;:!\"'\u201c\u201d\u2018\u2019*_")
	if v.fandoms["="+s] != "" {
		return true
	}
	return v.fandoms[Fold(s)] != "" && !allLower(s)
}

// FandomGroup returns a key that is the same for all known names of a fandom,
// and for other names their folded form without an article.
func (v *Vocabulary) FandomGroup(s string) string {
	s = strings.Trim(s, " .,;:!\"'\u201c\u201d\u2018\u2019*_")
	for _, k := range []string{"=" + s, Fold(s), strings.TrimPrefix(Fold(s), "the ")} {
		if first := v.fandoms[k]; first != "" {
			return Fold(first)
		}
	}
	return strings.TrimPrefix(Fold(s), "the ")
}

func allLower(s string) bool {
	for _, r := range s {
		if unicode.IsUpper(r) {
			return false
		}
	}
	return len(s) < 8 // long names are unlikely to mean anything else
}

// maxFandomWords is the length in words of the longest name of the table.
const maxFandomWords = 6

// Fandoms finds the widely known fandoms that s mentions: byte ranges, the
// longest name at each place.
func (v *Vocabulary) Fandoms(s string) [][2]int {
	var out [][2]int
	starts := wordStarts(s)
	for i := 0; i < len(starts); i++ {
		for n := min(maxFandomWords, len(starts)-i); n > 0; n-- {
			end := wordEnd(s, starts[i+n-1])
			if v.Fandom(s[starts[i]:end]) {
				out = append(out, [2]int{starts[i], end})
				i += n - 1
				break
			}
		}
	}
	return out
}

func wordStarts(s string) []int {
	var at []int
	in := false
	for i, r := range s {
		word := isWord(r)
		if word && !in {
			at = append(at, i)
		}
		in = word
	}
	return at
}

func wordEnd(s string, from int) int {
	for i, r := range s[from:] {
		if !isWord(r) {
			return from + trimPoint(s[from:from+i])
		}
	}
	return from + trimPoint(s[from:])
}

// trimPoint leaves off the full stop of a sentence and a possessive ending.
func trimPoint(w string) int {
	for _, tail := range []string{"'s", "\u2019s"} {
		w = strings.TrimSuffix(w, tail)
	}
	return len(strings.TrimRight(w, ".,:;!'\u2019"))
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("'\u2019.-:&/*!\u00bd", r) && r != utf8.RuneError
}
