// How facts travel that are more than one value.
#include "records/facts.h"

#include <gtest/gtest.h>

namespace reachable::records {
namespace {

using People = Fact<std::vector<NamedPerson>>;

Json person(const std::string& name)
{
    return Json::object().set("name", name);
}

TEST(NamedPeople, come_back_as_they_were_written)
{
    const std::vector<NamedPerson> people = {{"Mrs Ward", "aunt", "01632 960001", "may collect her"}, {"Mr Poole"}};
    EXPECT_EQ(*People::read(People::write(people)), people);
    EXPECT_EQ(in_words(people[0]), "Mrs Ward, aunt, 01632 960001 (may collect her)");
    EXPECT_EQ(in_words(people[1]), "Mr Poole");
    EXPECT_TRUE(People::read(Json())->empty());
}

TEST(NamedPeople, are_refused_without_a_name_with_anything_strange_and_in_crowds)
{
    EXPECT_EQ(People::read(Json::list().add(Json::object().set("telephone", "01632 960001"))).error().front().kind,
              ProblemKind::missing);
    EXPECT_FALSE(People::read(Json::list().add(person("Mrs Ward").set("born", "1980"))));
    EXPECT_FALSE(People::read(Json::list().add("Mrs Ward")));
    EXPECT_FALSE(People::read(person("Mrs Ward")));
    EXPECT_FALSE(People::read(Json::list().add(Json::object().set("name", 7))));
    auto crowd = Json::list();
    for (std::size_t i = 0; i <= most_named_people; ++i) crowd.add(person("Somebody"));
    EXPECT_EQ(People::read(crowd).error().front().kind, ProblemKind::too_large);
}

} // namespace
} // namespace reachable::records
