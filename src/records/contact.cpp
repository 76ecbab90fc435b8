#include "records/contact.h"

#include "records/document.h"

namespace reachable::records {
namespace {

/// What is known of the danger in using it; nobody asked is said too, because silence is not safety (R-X-08).
std::string_view safety_words(const std::optional<bool>& is_safe, std::string_view no)
{
    if (!is_safe) return ". Whether it is safe is not recorded here";
    return *is_safe ? std::string_view{} : no;
}

} // namespace

std::string address_words(const Address& address)
{
    std::string words = address.kind.empty() ? "" : address.kind + ": ";
    words += address.lines;
    if (!address.postcode.empty()) words += ", " + address.postcode;
    return words.append(safety_words(address.is_safe_to_contact, ". Not safe to contact"));
}

std::string contact_words(const Contact& contact)
{
    std::string words = contact.kind;
    if (!contact.owner.empty()) words += " of " + contact.owner;
    words += ": " + contact.value;
    return words.append(safety_words(contact.is_safe_to_use, ". Not safe to use"));
}

void write(DocumentWriter& document, const Address& address)
{
    document.text("kind", address.kind);
    document.text("lines", address.lines);
    document.text("postcode", address.postcode);
    document.day("from", address.from);
    document.day("to", address.to);
    document.answer("is_safe_to_contact", address.is_safe_to_contact);
}

void write(DocumentWriter& document, const Contact& contact)
{
    document.text("kind", contact.kind);
    document.text("value", contact.value);
    document.text("owner", contact.owner);
    document.answer("is_safe_to_use", contact.is_safe_to_use);
}

Address read_address(DocumentReader& document)
{
    return {.kind = document.text("kind"),
            .lines = document.text("lines"),
            .postcode = document.text("postcode"),
            .from = document.maybe("from", parse_date),
            .to = document.maybe("to", parse_date),
            .is_safe_to_contact = document.answer("is_safe_to_contact")};
}

Contact read_contact(DocumentReader& document)
{
    return {.kind = document.text("kind"),
            .value = document.text("value"),
            .owner = document.text("owner"),
            .is_safe_to_use = document.answer("is_safe_to_use")};
}

} // namespace reachable::records
