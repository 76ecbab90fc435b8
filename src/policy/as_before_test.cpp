// The text decides for custody as the table did that it replaces.
#include "policy/rules.h"
#include "policy/testing.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace reachable::policy {
namespace {

using accounts::AgencyKind;
using accounts::Role;

std::vector<FieldClass> every_field()
{
    std::vector<FieldClass> fields;
    for (std::size_t category = 0; category < category_count; ++category)
        for (std::size_t label = 0; label < label_count; ++label)
            fields.push_back({static_cast<Category>(category), static_cast<Label>(label)});
    return fields;
}

TEST(AsBefore, every_role_of_the_table_keeps_what_it_had_for_its_purposes)
{
    const auto& before = custody_rules();
    const auto& now = testing::shipped();
    Request request;
    request.fields = every_field();
    std::size_t compared = 0;
    std::size_t differing = 0;
    for (std::size_t role = 0; role < role_count; ++role)
        for (std::size_t kind = 0; kind < kind_count; ++kind)
            for (const auto& purpose : before.purposes)
                for (const auto& action : now.text().actions->actions)
                    for (unsigned bits = 0; bits < 64; ++bits)
                        for (const bool is_sealed : {false, true}) {
                            request.role = static_cast<Role>(role);
                            request.agency_kind = static_cast<AgencyKind>(kind);
                            request.purpose = purpose.code;
                            request.action = action;
                            request.is_sealed = is_sealed;
                            request.relationships.clear();
                            for (unsigned i = 0; i < 6; ++i)
                                if ((bits >> i) & 1U) request.relationships.insert(static_cast<Relationship>(i));
                            const auto old = decide(before, request);
                            // Roles that the table did not know are new; nothing is asked of them here.
                            const bool is_new = std::ranges::none_of(before.allows, [&](const Allow& row) {
                                return row.roles.has(request.role) && has_word(row.purposes, purpose.code);
                            });
                            if (is_new) continue;
                            const auto fresh = now.decide(request);
                            ++compared;
                            if (fresh.is_allowed == old.is_allowed && fresh.fields == old.fields &&
                                fresh.obligations.tell == old.obligations.tell)
                                continue;
                            if (++differing < 20)
                                ADD_FAILURE() << word_of(request.role) << " " << word_of(request.agency_kind) << " "
                                              << purpose.code << " " << action << " relationships " << bits
                                              << (is_sealed ? " sealed" : "") << " was " << old.is_allowed << " is "
                                              << fresh.is_allowed;
                        }
    EXPECT_EQ(differing, 0U);
    std::cout << "figure: " << compared << " requests decided as before\n";
}

} // namespace
} // namespace reachable::policy
