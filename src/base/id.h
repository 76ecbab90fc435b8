// Opaque 128-bit handles (R-X-01). Random, never derived from what they name; mixing two kinds does not compile.
#pragma once

#include "base/bytes.h"

#include <array>
#include <compare>
#include <cstring>
#include <functional>

namespace reachable {

/// Sixteen random bytes with a kind. Written as 32 hexadecimal digits everywhere outside the program.
template <class Kind>
struct Id {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Id&) const = default;
    /// The all-zero id stands for "none".
    bool is_none() const { return *this == Id{}; }
    std::string text() const { return to_hex(bytes); }

    static Id random();
    /// Refuses anything but 32 lower-case hexadecimal digits.
    static Result<Id> parse(std::string_view text);
};

void fill_with_random(std::array<std::uint8_t, 16>& bytes);

template <class Kind>
Id<Kind> Id<Kind>::random()
{
    Id id;
    fill_with_random(id.bytes);
    return id;
}

template <class Kind>
Result<Id<Kind>> Id<Kind>::parse(std::string_view text)
{
    auto bytes = from_hex(text);
    if (!bytes || bytes->size() != 16)
        return refuse(ProblemKind::malformed, "That is not a reference this service gave out");
    Id id;
    std::copy(bytes->begin(), bytes->end(), id.bytes.begin());
    return id;
}

using ChildId = Id<struct ChildKind>;
using PersonId = Id<struct PersonKind>; // an adult around a child
using PlaceId = Id<struct PlaceKind>;
using OrganisationId = Id<struct OrganisationKind>; // a school, a home, a company: not one that signs in
using CaseId = Id<struct CaseKind>;
using AgencyId = Id<struct AgencyKind>; // a force, an authority, a charity that signs in
using TeamId = Id<struct TeamKind>;
using WorkerId = Id<struct WorkerKind>; // a member of staff with an account
using SessionId = Id<struct SessionKind>;
using RequestId = Id<struct RequestKind>; // one request to the server, for logs and the audit

} // namespace reachable

template <class Kind>
struct std::hash<reachable::Id<Kind>> {
    std::size_t operator()(const reachable::Id<Kind>& id) const noexcept
    {
        std::size_t value = 0;
        std::memcpy(&value, id.bytes.data(), sizeof value);
        return value;
    }
};
