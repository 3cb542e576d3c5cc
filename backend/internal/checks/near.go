package checks

import (
	"cmp"
	"context"
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"
)

// Texts are compared by the least hashes of their shingles (MinHash): the share of equal ones is about the share of
// shingles that two texts have in common. Only texts that agree in a whole band are compared at all, so 50,000 of them
// take seconds.
const (
	shingle  = 4  // words
	hashes   = 64 // of a text
	bands    = 16
	rows     = hashes / bands
	alike    = 0.8 // of the hashes
	fewest   = 40  // words of a text that is compared
	mostText = 200_000
	mostNear = 2000 // pairs
)

type sketch struct {
	id    uuid.UUID
	least [hashes]uint32
}

var seed = maphash.MakeSeed()

// sketchOf gives the sketch of a text; false when it is too short to say anything.
func sketchOf(id uuid.UUID, text string) (s sketch, ok bool) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) < fewest {
		return s, false
	}
	s.id = id
	for i := range s.least {
		s.least[i] = ^uint32(0)
	}
	each := make([]uint64, len(words))
	for i, w := range words {
		each[i] = maphash.String(seed, w)
	}
	for i := 0; i+shingle <= len(each); i++ {
		h := each[i]
		for _, w := range each[i+1 : i+shingle] {
			h = (bits.RotateLeft64(h, 23) ^ w) * 0x9E3779B97F4A7C15
		}
		a, b := uint32(h), uint32(h>>32)|1 //nolint:gosec // halves of a hash
		for k := range s.least {
			x := (a + uint32(k)*b) * 0x85EBCA6B //nolint:gosec // as above
			s.least[k] = min(s.least[k], x^x>>13)
		}
	}
	return s, true
}

func (s sketch) likeness(o sketch) float64 {
	n := 0
	for i := range s.least {
		if s.least[i] == o.least[i] {
			n++
		}
	}
	return float64(n) / hashes
}

// pairsOf gives for each text that is much like an older one the oldest such.
func pairsOf(all []sketch) (pairs [][2]uuid.UUID) {
	slices.SortFunc(all, func(a, b sketch) int { return slices.Compare(a.id[:], b.id[:]) }) // by age
	first := map[int]int{}                                                                  // text → the oldest that it is like
	for band := range bands {
		groups := map[[rows]uint32][]int{}
		for i := range all {
			key := [rows]uint32(all[i].least[band*rows : band*rows+rows])
			groups[key] = append(groups[key], i)
		}
		for _, g := range groups {
			for n, i := range g[1:] {
				for _, j := range g[:min(n+1, 20)] { // the oldest few of a large group stand for it
					if old, known := first[i]; (!known || j < old) && all[i].likeness(all[j]) >= alike {
						first[i] = j
						break
					}
				}
			}
		}
	}
	for i, j := range first {
		pairs = append(pairs, [2]uuid.UUID{all[i].id, all[j].id})
	}
	slices.SortFunc(pairs, func(a, b [2]uuid.UUID) int {
		return cmp.Or(slices.Compare(a[0][:], b[0][:]), slices.Compare(a[1][:], b[1][:]))
	})
	return pairs[:min(len(pairs), mostNear)]
}

func (s *Service) findNear(ctx context.Context, run int64) error {
	var all []sketch
	if err := s.store.texts(ctx, func(id uuid.UUID, text string) {
		if x, ok := sketchOf(id, text); ok {
			all = append(all, x)
		}
	}); err != nil {
		return err
	}
	return s.store.addNear(ctx, run, pairsOf(all))
}
