// Slips of the pen: every edit of one token of a policy text. Used to find out whether the tests of a policy would
// notice somebody changing it.
#pragma once

#include "policy/text.h"

namespace reachable::policy {

struct Mutation {
    int line = 0;
    std::string was;
    std::string is; // empty: the token is left out
    std::string text;
};

/// Each word becomes each other word of its list (roles, kinds, categories, labels, relationships, marks, purposes,
/// actions, views, words of the language that may stand in its place); each number one more and one less; each word and
/// sign is left out; each "is" gains a "not". Sentences stay. Many of these no longer read.
/// `keep` says which are made, by their number, so that a part can be taken.
std::vector<Mutation> mutations_of(std::string_view source, bool (*keep)(std::size_t number));

} // namespace reachable::policy
