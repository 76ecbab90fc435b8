// A policy text behind the seam: what the service, its pages and its tests ask.
#pragma once

#include "policy/compiled.h"

#include <memory>

namespace reachable::policy {

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
    std::set<Relationship> live(std::span<const Link> links, UtcTime now, bool is_clock_sure = true) const override;
    std::string hash() const override { return hash_; }
    std::string explain(std::string_view rule_id) const override;

    /// As the text says it; empty if it says none.
    std::string_view version() const { return text_.version ? std::string_view(text_.version->version) : ""; }
    const PolicyText& text() const { return text_; }
    const Compiled& compiled() const { return compiled_; }

  private:
    PolicyText text_;
    Compiled compiled_;
    std::vector<Purpose> purposes_; // views into text_
    std::string hash_;
};

} // namespace reachable::policy
