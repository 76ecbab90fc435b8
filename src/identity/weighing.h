// Weighing many pairs, most of which are not of one person: a pair is given up as soon as nothing that is still unknown
// can lift it above a floor. What is not given up is weighed to the same odds as by `Scorer` and `Comparer`.
#pragma once

#include "identity/model.h"

#include <utility>

namespace reachable::identity {

/// One for each thread. The scorer and the population must outlive it.
class Weigher {
  public:
    Weigher(const Scorer& scorer, const Population& population);

    struct Weighed {
        Comparison comparison;
        float log_odds = 0;
    };
    /// The odds of a pair if they are above the floor.
    std::optional<Weighed> above(float floor, std::uint32_t a, std::uint32_t b);

    /// The same for pair after pair: calls `keep(a, b, weighed)` for those above the floor, some pairs later, so that
    /// what they lead to has come from memory. `finish` weighs those that still wait.
    template <class Keep>
    void offer(float floor, std::uint32_t a, std::uint32_t b, Keep keep)
    {
        const auto pair = comparer_.pair_of(a, b);
        if (floor >= siblings_log_odds && comparer_.are_marked_where_unlike(pair) &&
            comparer_.have_plainly_unlike_given_names(pair))
            return;
        comparer_.fetch_values(pair);
        const auto due = std::exchange(waiting_[next_], {a, b});
        next_ = (next_ + 1) % waiting_.size();
        weigh_due(floor, due, keep);
    }
    template <class Keep>
    void finish(float floor, Keep keep)
    {
        for (auto& due : waiting_) weigh_due(floor, std::exchange(due, {}), keep);
    }
    /// For `Blocks::walk`: it knows which memory is read soon.
    const Comparer& comparer() const { return comparer_; }

  private:
    struct Waiting {
        std::uint32_t a = 0;
        std::uint32_t b = 0; // the same as `a`: nobody waits
    };
    template <class Keep>
    void weigh_due(float floor, const Waiting& due, Keep keep)
    {
        if (due.a == due.b) return;
        if (const auto weighed = above(floor, due.a, due.b)) keep(due.a, due.b, *weighed);
    }
    bool is_hopeless_at_a_glance(float floor, const RowPair& pair);
    std::optional<Weighed> weigh(float floor, const RowPair& pair);
    template <Field field>
    float most_of(const RowPair& pair) const;
    struct Most {
        float of_member = 0; // given names and their order
        float of_household = 0;
    };
    Most most_of_names(const RowPair& pair, const Scorer::Weights& weights) const;
    Most most_of_two(const PersonName& a, const PersonName& b, const RowPair& pair,
                     const Scorer::Weights& weights) const;

    const Scorer& scorer_;
    Comparer comparer_;
    /// What each field adds at most: where both sides say the same, and where they do not.
    std::array<float, field_count> most_same_{};
    std::array<float, field_count> most_other_{};
    std::array<Waiting, 16> waiting_{};
    std::size_t next_ = 0;
};

} // namespace reachable::identity
