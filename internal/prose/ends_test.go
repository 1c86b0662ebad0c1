package prose_test

import (
	"strings"
	"testing"

	"colophon/internal/prose"
)

func TestEndMarker(t *testing.T) {
	tests := map[string]string{
		"The End": prose.TheEnd, "##THE END##": prose.TheEnd, "= End =": prose.TheEnd, "End file.": prose.TheEnd, "FINIS 3/17/02": prose.TheEnd,
		"fin": prose.TheEnd, "Fin.": prose.TheEnd, "закончен": prose.TheEnd, "END": prose.TheEnd, "~END~": prose.TheEnd, "-30-": prose.TheEnd, "~fin~": prose.TheEnd,
		"Ende": prose.TheEnd, "owari": prose.TheEnd, "the end?": prose.TheEnd, "fine": prose.TheEnd, "конец": prose.TheEnd, "終わり": prose.TheEnd, "完": prose.TheEnd,
		"*** THE END ***": prose.TheEnd, "The End (2001)": prose.TheEnd, "~ 30 ~": "", "Finis, 12 May 1999": prose.TheEnd, "<end>": prose.TheEnd, "- FIN -": prose.TheEnd,
		"à suivre": prose.ToBeContinued, "A suivre...": prose.ToBeContinued, "Fortsetzung folgt": prose.ToBeContinued, "TBC": prose.ToBeContinued,
		"To be continued": prose.ToBeContinued, "tbc...": prose.ToBeContinued, "T.B.C.": prose.ToBeContinued, "tsuzuku": prose.ToBeContinued,
		"Continued in part 2": prose.ToBeContinued, "continua": prose.ToBeContinued, "continuará": prose.ToBeContinued, "продолжение следует": prose.ToBeContinued,
		"つづく": prose.ToBeContinued, "To be continued in Part 4!": prose.ToBeContinued, "(to be cont.)": prose.ToBeContinued,
		"End Part 1": prose.PartEnd, "End Chapter 3": prose.PartEnd, "End of Part One": prose.PartEnd, "Ende Teil 2": prose.PartEnd, "Fin du chapitre 3": prose.PartEnd,
		"end 1/3": prose.PartEnd, "конец первой части": prose.PartEnd, "~end part 12~": prose.PartEnd,
		"": "", "***": "", "30": "", "Fine.": "", `"The end."`: "", "The end of the road": "", "In the end": "", "He was fine": "", "The End of the World": "",
		"It continued": "", "Final": "", "2001": "", "endless": "",
	}
	for line, want := range tests {
		got, ok := prose.EndMarker(line)
		if got != want && ok || ok != (want != "") {
			t.Errorf("EndMarker(%q) = %q, %v; want %q", line, got, ok, want)
		}
	}
}

func paragraphs(lines ...string) prose.Text {
	var text prose.Text
	for _, l := range lines {
		text = append(text, prose.Block{Runs: []prose.Run{{Text: l}}})
	}
	return text
}

func TestBeginsMid(t *testing.T) {
	tests := map[string]bool{
		"The rain stopped at noon.": false, "and then he saw the boat come round.": true, ", said Ann, and left.": true, "...and then it rained.": false,
		"“And so?” she asked.": false, "“and so?” she asked Ann.": true, "42 boats lay in the harbour.": false, "iPods were new then.": false,
		"d'Artagnan rode north.": false, "von dem Haus aus sah er Anna.": true, "и тогда Анна вышла.": true, "Тогда она вышла.": false,
		"。そして彼は歩いた。": true, "そして彼は歩いた。": false, "e-mail came late for Ann.": false, "": false,
	}
	for text, want := range tests {
		if got := prose.BeginsMid(paragraphs(text, "He went Home. Ann saw Him Go Again.")); got != want {
			t.Errorf("BeginsMid(%q) = %v", text, got)
		}
	}
	small := paragraphs("i went down to the sea.", strings.Repeat("it was cold and we were alone. ", 20))
	if prose.BeginsMid(small) {
		t.Error("a text without capitals begins in mid-sentence")
	}
	headed := append(prose.Text{{Kind: prose.Heading, Runs: []prose.Run{{Text: "one"}}}, {Kind: prose.Break}}, paragraphs("of the house. Ann and Bob Left.")...)
	if !prose.BeginsMid(headed) {
		t.Error("the first paragraph after a heading is not looked at")
	}
}

func TestEndsMid(t *testing.T) {
	tests := map[string]bool{
		"And that was all.": false, "“Good night,” she said.": false, "“Good night!”": false, "»Gute Nacht.«": false, "「さようなら。」": false, "He waited…": false,
		"Good night :)": false, "He was—": false, "She put the lamp down and then she": true, "He opened the": true, "It was dark, and": true, "They saw,": true,
		"Love, Anna": false, "The End": false, "TBC": false, "~fin~": false, "Written by Ann Archer May 2001": false, "(And so it was.)": false,
		"*And so it was.*": false, "Она вышла и закрыла дверь, а он": true, "Она вышла.": false, "彼は歩いて行って、それから海の方へずっと歩き": true, "終わり": false, "Fin": false,
		"Il regarda la mer et les": true, "He said ***": false, "Only": false,
	}
	for text, want := range tests {
		if got := prose.EndsMid(paragraphs("One came in.", "Two went out.", "“Three?”", "Four.", text)); got != want {
			t.Errorf("EndsMid(%q) = %v", text, got)
		}
	}
	bare := paragraphs("no signs here at all", "nor here either my dear", "nor in this line of it", "and the last is just the same")
	if prose.EndsMid(bare) {
		t.Error("a text without final signs ends in mid-sentence")
	}
}

func TestLostBreaks(t *testing.T) {
	para := strings.Repeat("The gulls sat on the wall and did not move. ", 10) // 100 words
	long := func(n int, cues ...string) prose.Text {
		text := paragraphs(make([]string, n)...)
		for i := range text {
			text[i].Runs[0].Text = para
		}
		for i, c := range cues {
			text[5+i*5].Runs[0].Text = c + ", " + para
		}
		return text
	}
	if lost(long(40)) {
		t.Error("4,000 words of one scene")
	}
	cued := long(40, "The next morning", "Two weeks later", "Later that night")
	if !lost(cued) {
		t.Error("4,000 words with three jumps in time")
	}
	cued[10] = prose.Block{Kind: prose.Break}
	if lost(cued) {
		t.Error("a text that has a break")
	}
	if !lost(long(200)) {
		t.Error("20,000 words without any break")
	}
	if lost(long(20, "The next morning", "Two weeks later", "Later that night")) {
		t.Error("2,000 words")
	}
}

func lost(t prose.Text) bool { return t.LostBreaks(t.Words()) }
