// A policy text behind the seam: what the service, its pages and its tests ask.
#pragma once

#include "policy/compiled.h"

#include "base/time.h"

#include <memory>

namespace reachable::policy {

/// A relationship as records prove it: since when, and until when if it has ended.
struct Link {
    Relationship relationship = Relationship::linked;
    UtcTime since{};
    std::optional<UtcTime> ended_at = {};
};

class TextPolicy : public Policy {
  public:
    explicit TextPolicy(PolicyText text);
    TextPolicy(const TextPolicy&) = delete;
    TextPolicy& operator=(const TextPolicy&) = delete;
    /// Refuses what read_policy refuses.
    static Result<std::unique_ptr<TextPolicy>> read(std::string_view text);

    Decision decide(const Request& request) const override;
    std::span<const Purpose> purposes() const override { return purposes_; }
    std::vector<Purpose> purposes_of(accounts::Role role) const override;
    std::string hash() const override { return hash_; }
    std::string explain(std::string_view rule_id) const override;

    /// As the text says it; empty if it says none.
    std::string_view version() const { return text_.version ? std::string_view(text_.version->version) : ""; }
    const PolicyText& text() const { return text_; }
    const Compiled& compiled() const { return compiled_; }

    /// Those of the links that hold at `now`. A link outlives its end by what the text says. When the clock cannot be
    /// relied on, what has ended is over at once. A bar (linked) holds whenever it is known, whatever the clock says.
    std::set<Relationship> live(std::span<const Link> links, UtcTime now, bool is_clock_sure = true) const;

  private:
    PolicyText text_;
    Compiled compiled_;
    std::vector<Purpose> purposes_; // views into text_
    std::string hash_;
};

} // namespace reachable::policy
