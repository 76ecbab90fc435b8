// The adults, places, organisations and objects around a child: what is kept, what is refused, and every version of it.
#include "api/json.h"
#include "records/object.h"
#include "records/organisation.h"
#include "records/person.h"
#include "records/place.h"
#include "records/testing.h"

#include <rapidcheck/gtest.h>

namespace reachable::records {
namespace {

using namespace testing;
using storage::Transaction;

Json through_text(const Json& json)
{
    return api::parse_json(api::write_json(json)).value();
}

RC_GTEST_PROP(AroundJson, reads_back_every_person, ())
{
    const Person person{.id = some_id<PersonId>(),
                        .names = {some_name(), some_name()},
                        .born = some_birth(),
                        .addresses = some(some_address),
                        .contacts = some(some_contact),
                        .language = *some_text(),
                        .source = some_source()};
    RC_ASSERT(person_from(through_text(to_json(person))) == person);
}

RC_GTEST_PROP(AroundJson, reads_back_every_place, ())
{
    Place place{.id = some_id<PlaceId>(),
                .kind = "flat",
                .name = *some_text(),
                .lines = *some_text(),
                .postcode = *some_text(),
                .authority_area = "W06000001",
                .force_area = "E23000001",
                .source = some_source()};
    if (*rc::gen::arbitrary<bool>())
        place.coordinates = Coordinates{*rc::gen::inRange<std::int64_t>(-90'000'000, 90'000'001),
                                        *rc::gen::inRange<std::int64_t>(-180'000'000, 180'000'001)};
    RC_ASSERT(place_from(through_text(to_json(place))) == place);
}

RC_GTEST_PROP(AroundJson, reads_back_every_organisation_and_object, ())
{
    const Organisation home{.id = some_id<OrganisationId>(),
                            .kind = "childrens_home",
                            .name = *some_text(),
                            .register_name = "Ofsted",
                            .register_number = *some_text(),
                            .place = some_id<PlaceId>(),
                            .contacts = some(some_contact),
                            .out_of_hours = *some_text(),
                            .source = some_source()};
    RC_ASSERT(organisation_from(through_text(to_json(home))) == home);
    const Object phone{.id = some_id<ObjectId>(),
                       .kind = "phone",
                       .mark = *some_text(),
                       .description = *some_text(),
                       .source = some_source()};
    RC_ASSERT(object_from(through_text(to_json(phone))) == phone);
}

TEST(Places, are_refused_when_nobody_could_find_them)
{
    struct Case {
        Place place;
        std::string_view field; // "": taken
    };
    const Case cases[] = {
        {{.name = "Tarn Junction"}, ""},
        {{.lines = "9 Quay Row, Saltby"}, ""},
        {{.coordinates = Coordinates{}}, ""},
        {{.kind = "station", .name = " ", .postcode = "ZZ1 1ZZ"}, "name"},
        {{.name = "Tarn", .coordinates = Coordinates{90'000'000, -180'000'000}}, ""},
        {{.name = "Tarn", .coordinates = Coordinates{90'000'001, 0}}, "latitude_microdegrees"},
        {{.name = "Tarn", .coordinates = Coordinates{0, -180'000'001}}, "longitude_microdegrees"},
        {{.name = "Tarn", .authority_area = "E06000001", .force_area = "W15000001"}, ""},
        {{.name = "Tarn", .authority_area = "S12000001"}, "authority_area"},
        {{.name = "Tarn", .authority_area = "E0600001"}, "authority_area"},
        {{.name = "Tarn", .force_area = "Northmere"}, "force_area"},
    };
    for (const auto& one : cases) {
        const auto read = place_from(to_json(one.place));
        EXPECT_EQ(read ? "" : read.error().front().field, one.field);
    }
}

TEST(Places, are_as_far_apart_as_on_the_ground)
{
    const Coordinates greenwich{51'477'928, -1'545};
    const Coordinates cardiff_castle{51'482'300, -3'181'000};
    EXPECT_EQ(metres_between(greenwich, greenwich), 0);
    EXPECT_EQ(metres_between(greenwich, cardiff_castle), metres_between(cardiff_castle, greenwich));
    EXPECT_NEAR(static_cast<double>(metres_between(greenwich, cardiff_castle)), 220'200, 1'500);
    EXPECT_EQ(metres_between({0, 0}, {1'000'000, 0}), 111'195); // a degree of the mean circle
    EXPECT_EQ(metres_between({0, 179'999'999}, {0, -179'999'999}), 0);
    EXPECT_EQ(metres_between({0, 0}, {0, 180'000'000}), 20'015'114);
}

TEST(Organisations, need_a_name_and_the_register_of_their_number)
{
    EXPECT_TRUE(organisation_from(to_json(Organisation{.name = "Harbourne Academy"})));
    EXPECT_FALSE(organisation_from(to_json(Organisation{.name = " "})));
    const auto refused =
        organisation_from(to_json(Organisation{.name = "Harbourne Academy", .register_number = "100001"}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().field, "register_name");
}

TEST(Objects, need_a_kind_and_something_that_tells_them_apart)
{
    EXPECT_TRUE(object_from(to_json(Object{.kind = "vehicle", .mark = "ZZ99 ZZZ"})));
    EXPECT_TRUE(object_from(to_json(Object{.kind = "vehicle", .description = "white van"})));
    EXPECT_FALSE(object_from(to_json(Object{.kind = "vehicle"})));
    EXPECT_FALSE(object_from(to_json(Object{.mark = "ZZ99 ZZZ"})));
}

class Around : public RecordsTest {
  protected:
    Change change(std::string_view reason, UtcTime at) const { return {.by = worker, .reason = reason, .at = at}; }
};

TEST_P(Around, keeps_every_version_of_a_person)
{
    Person aunt{.id = PersonId::random(), .names = {read_name("Sample Aunt")}};
    EXPECT_EQ(write([&](Transaction& t) { return store_person(t, aunt, 0, change("", morning)); }), 1);
    aunt.contacts = {{.kind = "phone", .value = "07700 900123", .is_safe_to_use = true}};
    EXPECT_EQ(write([&](Transaction& t) { return store_person(t, aunt, 1, change("gave her number", morning + 1h)); }),
              2);
    EXPECT_FALSE(write([&](Transaction& t) { return store_person(t, aunt, 1, change("again", morning + 1h)); }));

    EXPECT_EQ(read([&](Transaction& t) { return find_person(t, aunt.id); }), (Stored<Person>{aunt, 2}));
    EXPECT_TRUE(read([&](Transaction& t) { return find_person(t, aunt.id, morning); })->record.contacts.empty());
    EXPECT_FALSE(read([&](Transaction& t) { return find_person(t, aunt.id, morning - 1s); }));
    EXPECT_FALSE(read([&](Transaction& t) { return find_person(t, PersonId::random()); }));
}

TEST_P(Around, refuses_records_without_a_reference_or_a_name)
{
    const auto now = change("", morning);
    EXPECT_FALSE(write([&](Transaction& t) { return store_person(t, Person{.names = {read_name("A")}}, 0, now); }));
    EXPECT_FALSE(write([&](Transaction& t) { return store_person(t, Person{.id = PersonId::random()}, 0, now); }));
    EXPECT_FALSE(write([&](Transaction& t) { return store_place(t, Place{.name = "A"}, 0, now); }));
    EXPECT_FALSE(write([&](Transaction& t) { return store_organisation(t, Organisation{.name = "A"}, 0, now); }));
    EXPECT_FALSE(write([&](Transaction& t) { return store_object(t, Object{.kind = "phone", .mark = "1"}, 0, now); }));
}

TEST_P(Around, keeps_places_organisations_and_objects_apart_even_with_one_id)
{
    const auto place = Place{.id = PlaceId::random(), .name = "9 Quay Row"};
    const auto school = Organisation{.id = {place.id.bytes}, .name = "Harbourne Academy"};
    const auto phone = Object{.id = {place.id.bytes}, .kind = "phone", .mark = "07700 900123"};
    const auto now = change("", morning);
    EXPECT_EQ(write([&](Transaction& t) { return store_place(t, place, 0, now); }), 1);
    EXPECT_EQ(write([&](Transaction& t) { return store_organisation(t, school, 0, now); }), 1);
    EXPECT_EQ(write([&](Transaction& t) { return store_object(t, phone, 0, now); }), 1);
    EXPECT_EQ(read([&](Transaction& t) { return find_place(t, place.id); }), (Stored<Place>{place, 1}));
    EXPECT_EQ(read([&](Transaction& t) { return find_organisation(t, school.id); }), (Stored<Organisation>{school, 1}));
    EXPECT_EQ(read([&](Transaction& t) { return find_object(t, phone.id); }), (Stored<Object>{phone, 1}));
}

ON_EVERY_ENGINE(Around);

} // namespace
} // namespace reachable::records
