// Where somebody lives or stays, and how to reach them; each with whether it is safe to (4.A, "safe to contact").
#pragma once

#include "base/time.h"

#include <optional>

namespace reachable::records {

class DocumentReader;
class DocumentWriter;

struct Address {
    std::string kind; // home, placement, family, friend, found_at, avoid
    std::string lines;
    std::string postcode;
    std::optional<CivilDate> from;
    std::optional<CivilDate> to;
    std::optional<bool> is_safe_to_contact; // nothing: not asked
    bool operator==(const Address&) const = default;
};

struct Contact {
    std::string kind; // phone, mail, handle
    std::string value;
    std::string owner;
    std::optional<bool> is_safe_to_use; // nothing: not asked
    bool operator==(const Contact&) const = default;
};

/// "home: 3 Quay Street, NM1 2AB. Not safe to contact": one line for a page.
std::string address_words(const Address& address);
/// "phone of Aunt Rose: 01632 960044. Not safe to use"
std::string contact_words(const Contact& contact);

void write(DocumentWriter& document, const Address& address);
void write(DocumentWriter& document, const Contact& contact);
Address read_address(DocumentReader& document);
Contact read_contact(DocumentReader& document);

} // namespace reachable::records
