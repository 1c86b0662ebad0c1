package header

import (
	"regexp"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/vocab"
)

// passing takes fandoms that no label names from the disclaimer, or else from
// what tells the time of the story, or else from the summary.
func (x *reading) passing() {
	if x.hasLabelled(archive.FieldFandoms) {
		return
	}
	for _, f := range []archive.Field{archive.FieldDisclaimer, archive.FieldSpoilers, archive.FieldSummary, archive.FieldNotes} {
		if f != archive.FieldDisclaimer && x.head.Has(archive.FieldFandoms) {
			return
		}
		for _, fact := range x.factsOf(f) {
			x.named(fact)
		}
	}
}

var (
	seasonOf     = regexp.MustCompile(`^ (?:[Ss]\d|[Ss]eason|[Ss]taffel|[Ss]aison|[Ee]pisode|series)\b`)
	seasonBehind = regexp.MustCompile(`(?:^|[,;/] ?|and )(Angel|Buffy|Heroes|Lost|Bones|House|Merlin|Alias) [Ss](?:eason )?\d`)
	ficOf        = regexp.MustCompile(`(?i)^ (?:fan ?fic|fanfic|fic|story|stories|universe)`)
	ownedName    = regexp.MustCompile(`\bown(?:ed|s)? (Voyager|Enterprise|Buffy|Angel|Xena|Smallville|Sherlock|Merlin|Lost|Heroes|Bones|House)\b`)
	besides      = regexp.MustCompile(`^,? (?:and )?(Angel)\b`)
)

// speaksOf reports whether the mention of a fandom in a field other than the
// disclaimer says that the story is of it: "During CSI Season Six", "in Jag
// fanfic"; a summary must name two (a crossover).
func speaksOf(f archive.Field, s string, r [2]int, mentions int) bool {
	switch f {
	case archive.FieldSpoilers:
		return seasonOf.MatchString(s[r[1]:])
	case archive.FieldSummary:
		return mentions > 1
	case archive.FieldNotes:
		return ficOf.MatchString(s[r[1]:])
	}
	return true
}

func (x *reading) factsOf(f archive.Field) []Fact {
	var out []Fact
	for _, fact := range x.head.Facts {
		if fact.Field == f {
			out = append(out, fact)
		}
	}
	return out
}

// hasLabelled reports whether a field has a value that its own label gives.
func (x *reading) hasLabelled(f archive.Field) bool {
	for _, fact := range x.factsOf(f) {
		if strings.HasSuffix(fact.Rule, "label") || fact.Rule == "series-is-fandom" || fact.Rule == "info-row" || fact.Rule == "breadcrumb" {
			return true
		}
	}
	return false
}

var belongs = regexp.MustCompile(`(?:^|[.!?;:]\s+|^The )(?:The (?:show|series|world|universe|people|characters) (?:of|from) )?["'\x{201c}\x{2018}\x{201e}\x{00ab}]?((?:[\p{Lu}\d][\pL\d'\x{2019}-]*)(?:(?: (?:of|the|and|in|to|at|on|für|der|die|das|von|des|de|la|le|du|et|und|и|в))* [\p{Lu}\d][\pL\d'\x{2019}-]*){0,5})["'\x{201d}\x{2019}\x{201c}\x{00bb}]?(?:,? and (?:all|everyone|everything|everybody|the people|its|company|co\.?|the gang|(?:his|her|their) \pL+)(?: .{0,60}?)?)? (?:belongs? to|(?:is|are) (?:the )?(?:property|creation|work) of|(?:is|are) owned by|(?:is|are) copyright|(?:is|are) ©|gehör(?:t|en)|appartien(?:t|nent)|принадлеж[иа]т|pertenecen? a|appart(?:iene|engono))`)

// named finds the fandoms that a disclaimer, spoiler line or summary names.
func (x *reading) named(source Fact) {
	found := false
	mentions := x.words.Fandoms(source.Text)
	if m := ownedName.FindStringSubmatchIndex(source.Text); m != nil && source.Field == archive.FieldDisclaimer {
		mentions = append(mentions, [2]int{m[2], m[3]})
	}
	for _, r := range mentions {
		if !speaksOf(source.Field, source.Text, r, len(mentions)) {
			continue
		}
		x.nameFact(source, r, archive.FieldFandoms, "named-in-"+string(source.Field), maybe)
		found = true
		if m := besides.FindStringSubmatchIndex(source.Text[r[1]:]); m != nil {
			x.nameFact(source, [2]int{r[1] + m[2], r[1] + m[3]}, archive.FieldFandoms, "named-beside", 0.55)
		}
	}
	if source.Field == archive.FieldSpoilers {
		for _, m := range seasonBehind.FindAllStringSubmatchIndex(source.Text, 4) {
			x.nameFact(source, [2]int{m[2], m[3]}, archive.FieldFandoms, "named-with-season", 0.55)
		}
	}
	if found || source.Field != archive.FieldDisclaimer {
		return
	}
	if m := belongs.FindStringSubmatchIndex(source.Text); m != nil && !pronoun(source.Text[m[2]:m[3]]) && !strings.Contains(source.Text[m[2]:m[3]], " and ") && !generic(source.Text[m[2]:m[3]]) {
		x.nameFact(source, [2]int{m[2], m[3]}, archive.FieldFandoms, "belongs-to", 0.55)
	}
}

func pronoun(s string) bool {
	switch strings.ToLower(s) {
	case "they", "these", "we", "he", "she", "those", "characters", "neither", "both", "most", "it", "everything", "everyone", "nothing", "everybody", "all", "this", "that", "anything", "alles", "mir", "uns", "ihnen", "sie", "nichts", "nur", "leider", "diese", "beide", "tout", "tous", "ils", "elles", "rien", "nada", "todo", "todos", "tutto", "tutti", "niente", "все", "всё", "они", "герои", "персонажи", "права", "any", "none", "the rest", "the characters":
		return true
	}
	return false
}

// generic reports whether a name only says "the characters", in any language.
func generic(s string) bool {
	for w := range strings.FieldsSeq(vocab.Fold(s)) {
		switch w {
		case "figuren", "charaktere", "personen", "rechte", "idee", "welt", "geschichte", "serie", "personnages", "personnage", "droits", "série", "univers", "histoire", "personajes", "derechos", "personaggi", "diritti", "storia", "persone", "персонажи", "герои", "права", "мир", "characters", "character", "people", "person", "rights", "guys", "boys", "girls", "names", "story", "stories", "idea", "plot", "world", "universe", "song", "lyrics", "song's", "music":
			return true
		}
	}
	return false
}

// nameFact notes part of another fact's text, by searching it in the page's
// lines from where that fact stands.
func (x *reading) nameFact(source Fact, r [2]int, f archive.Field, rule string, confidence float64) {
	for i := range x.page.Lines {
		l := &x.page.Lines[i]
		start, end := l.Doc(0, len(l.Text))
		if end <= source.Start || start >= source.End {
			continue
		}
		for k := 0; ; {
			at := strings.Index(l.Text[k:], source.Text[r[0]:r[1]])
			if at < 0 {
				break
			}
			at += k
			if s, _ := l.Doc(at, at+1); s >= source.Start && s < source.End {
				var t text
				t.add(l, at, at+r[1]-r[0])
				x.fact(f, &t, 0, r[1]-r[0], rule, confidence)
				return
			}
			k = at + 1
		}
	}
}
