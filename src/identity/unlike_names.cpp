// Given names that have nothing in common, found without knowing how alike any two words are.
#include "identity/comparison.h"

namespace reachable::identity {
namespace {

/// The given names are different for sure, and no boxes were exchanged (`compare_names`, without finding the level).
template <class Alike>
bool are_unlike(const PersonName& a, const PersonName& b, Alike&& alike)
{
    if (a.given[0] == 0 || b.given[0] == 0 || !alike.are_different(a.given[0], b.given[0])) return false;
    const auto sound_alike = [&](WordId one, WordId other) {
        return one != 0 && other != 0 && alike.template are_at_least<Likeness::sounds_alike>(one, other);
    };
    const auto are_a_slip_apart = [&](WordId one, WordId other) {
        return one != 0 && other != 0 && alike.template are_at_least<Likeness::one_slip>(one, other);
    };
    for (std::size_t i = 1; i < b.given.size() && b.given[i] != 0; ++i)
        if (sound_alike(a.given[0], b.given[i])) return false;
    for (std::size_t i = 1; i < a.given.size() && a.given[i] != 0; ++i)
        if (sound_alike(a.given[i], b.given[0])) return false;
    if ((a.joined | b.joined) != 0 &&
        are_a_slip_apart(a.joined != 0 ? a.joined : a.given[0], b.joined != 0 ? b.joined : b.given[0]))
        return false;
    return !are_a_slip_apart(a.given[0], b.family[0]) && !are_a_slip_apart(a.family[0], b.given[0]);
}

bool has_further_names(const RowPair& pair)
{
    return pair.a.beside == Beside::names || pair.b.beside == Beside::names;
}

} // namespace

bool Comparer::have_unlike_given_names(const RowPair& pair)
{
    if (!has_further_names(pair)) return are_unlike(pair.a.name, pair.b.name, alike_);
    return !is_any_pair_of_names(pair,
                                 [&](const auto& one, const auto& other) { return !are_unlike(one, other, alike_); });
}

bool Comparer::have_plainly_unlike_given_names(const RowPair& pair) const
{
    return !has_further_names(pair) &&
           are_unlike(pair.a.name, pair.b.name, LikenessAtAGlance(population_.vocabulary()));
}

bool Comparer::are_marked_where_unlike(const RowPair& pair) const
{
    const auto from = population_.siblings_born_from();
    const auto is_young = [&](const Row& row) { return from == 0 || (row.born.is_known() && row.born.year >= from); };
    const bool may_be_proven = pair.a.identifier != 0 && pair.b.identifier != 0;
    return !may_be_proven && is_young(pair.a) && is_young(pair.b);
}

} // namespace reachable::identity
