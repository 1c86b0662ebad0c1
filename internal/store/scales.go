package store

import (
	"context"

	"colophon/internal/archive"
)

// NoWarnings is the canonical warning of a story whose author states that there
// is nothing to warn of.
const NoWarnings = "No warnings apply"

// closed is a canonical tag of a closed set, and the spellings that surely mean
// it. Scales are local: what is not sure (a bare "death", "slash") stays
// unsorted until the archive has decided.
type closed struct {
	name, about string
	means       []string
}

// closedSets are the ratings, warnings and categories that an archive begins
// with. It may change all of them; they are entered once.
func closedSets() map[archive.TagKind][]closed {
	return map[archive.TagKind][]closed{
		archive.TagRating: {
			{"general", "For everybody.", []string{
				"G", "PG", "K", "K+", "FRC", "P6", "U", "Y", "General Audiences", "All ages", "Everyone", "Family",
				"Verde", "Tous publics", "Tout public", "ab 6", "6+", "Worksafe",
			}},
			{"teen", "For readers from about 13.", []string{
				"PG-13", "PG-14", "PG-15", "T", "T+", "FRT", "FRT-13", "FRT-15", "FR13", "FR15", "P12", "P12-AVL", "ab 12",
				"12+", "13+", "15+", "Teen And Up Audiences", "Teens", "Giallo",
			}},
			{"mature", "For grown readers: themes or scenes that are not for everybody.", []string{
				"R", "Hard R", "Soft R", "M", "FRM", "P16", "P16-AVL", "ab 16", "16+", "17+", "Restricted", "Mature Audiences",
				"Arancione",
			}},
			{"explicit", "For adults only.", []string{
				"NC-17", "NC-18", "NC-21", "MA", "FRAO", "FR21", "P18", "P18-AVL", "ab 18", "E", "X", "XXX", "21+", "Rosso",
				"Adults only", "Explicit Audiences",
			}},
		},
		archive.TagWarning: {
			{NoWarnings, "The author states that none of the others applies.", []string{
				"None", "No Archive Warnings Apply", "No warnings", "None apply", "Nothing to warn for", "keine", "aucun", "ninguna",
			}},
			{"Not stated by choice", "The author has chosen not to warn: anything may happen.", []string{
				"Choose Not To Use Archive Warnings", "Creator Chose Not To Use Archive Warnings", "Choose Not To Warn",
				"Author chose not to warn", "Withheld",
			}},
			{"Graphic violence", "Violence that is described closely.", []string{
				"Graphic Depictions Of Violence", "Extreme violence",
			}},
			{"Major character death", "Somebody dies whom the story is about.", []string{
				"Character death", "Deathfic", "Death fic", "MCD", "Main character death", "Death of a major character",
				"Смерть основного персонажа", "Смерть персонажа",
			}},
			{"Non-consent", "Somebody is made to do what they do not want.", []string{"Non-con", "Noncon", "Rape/Non-Con", "Rape"}},
		},
		archive.TagCategory: {
			{"Gen", "No romance, or none that matters.", []string{"General", "Genfic", "джен"}},
			{"F/M", "A woman and a man.", []string{"M/F", "Het", "Heterosexual", "гет"}},
			{"M/M", "A man and a man.", []string{"M/M Slash", "слэш"}},
			{"F/F", "A woman and a woman.", []string{"Femslash", "Femmeslash", "F/F Slash", "фемслэш"}},
			{"Multi", "More than one of these, or more than two people.", []string{"Multiple", "Poly", "OT3", "Threesome"}},
			{"Other", "Something else.", nil},
		},
	}
}

// sets is the form of the closed sets an archive begins with; a later form may
// only add.
const sets = "closed-sets"

// enterClosedSets writes the closed sets into an archive that has none yet.
func (s *Store) enterClosedSets(ctx context.Context) error {
	return s.write(ctx, "enter ratings, warnings and categories", func(tx *batch) error {
		n, err := tx.id(ctx, `SELECT count(*) FROM settings WHERE name = $1`, sets)
		if err != nil || n > 0 {
			return err
		}
		p := &placer{tx}
		for _, kind := range []archive.TagKind{archive.TagRating, archive.TagWarning, archive.TagCategory} {
			for i, c := range closedSets()[kind] {
				if err := p.enter(ctx, kind, i+1, c); err != nil {
					return err
				}
			}
		}
		if err := tx.exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, $2)`, sets, []byte("1")); err != nil {
			return err
		}
		return logTags(ctx, tx)
	})
}

func (p *placer) enter(ctx context.Context, kind archive.TagKind, order int, c closed) error {
	err := p.place(ctx, &archive.TagPlace{Kind: kind, Name: c.name, State: archive.TagCanonical, Order: order, About: c.about})
	for _, m := range c.means {
		if err != nil {
			return err
		}
		err = p.place(ctx, &archive.TagPlace{Kind: kind, Name: m, State: archive.TagSynonym, Of: c.name})
	}
	return err
}
