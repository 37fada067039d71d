using PerfMarketing.Events;

namespace PerfMarketing.Tests.Events;

public sealed class PlaceTests
{
    [Theory]
    [InlineData("DE", true)]
    [InlineData("DE-BY", true)]
    [InlineData("GB-ENG", true)]
    [InlineData("FR-75", true)]
    [InlineData("de", false)]
    [InlineData("D", false)]
    [InlineData("DE-", false)]
    [InlineData("DE_BY", false)]
    [InlineData("DEU", false)]
    [InlineData("DE-BAYE", false)]
    [InlineData("DE-by", false)]
    [InlineData("", false)]
    public void Text_is_a_country_or_a_part_of_one(string text, bool valid)
    {
        Place.TryParse(text, null, out Place place).Should().Be(valid);
        place.ToString().Should().Be(valid ? text : string.Empty);
    }

    [Theory]
    [InlineData("DE", "DE", null, true)]
    [InlineData("DE", "DE", "DE-BY", true)]
    [InlineData("DE", null, "DE-BY", true)]
    [InlineData("DE", "AT", "DE-BY", false)]
    [InlineData("DE", null, null, false)]
    [InlineData("DE", "AT", null, false)]
    [InlineData("DE", null, "DEX", false)]
    [InlineData("DE-BY", "DE", "DE-BY", true)]
    [InlineData("DE-BY", "DE", "DE-BE", false)]
    [InlineData("DE-BY", "DE", null, false)]
    public void Country_and_region_say_where_it_was(string place, string? country, string? region, bool inside)
    {
        FactSet facts = [];
        facts = country is null ? facts : facts.With(Facts.Country, country);
        facts = region is null ? facts : facts.With(Facts.Region, region);

        new Place(place).Contains(facts).Should().Be(inside);
    }

    [Fact]
    public void Country_has_its_parts_and_no_others()
    {
        new Place("DE").Contains(new Place("DE-BY")).Should().BeTrue();
        new Place("DE-BY").Contains(new Place("DE")).Should().BeFalse();
        new Place("DE").Contains(new Place("AT-9")).Should().BeFalse();
        default(Place).Contains(new Place("AT")).Should().BeFalse();
        default(Place).Contains(new FactSet[] { [] }[0]).Should().BeFalse();
    }
}
