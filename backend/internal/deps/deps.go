// Package deps pins the modules of search and its tests until they are imported.
package deps

import (
	_ "github.com/meilisearch/meilisearch-go"
	_ "go.uber.org/goleak"
	_ "pgregory.net/rapid"
)
