using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Time;

public sealed class ContractZoneTests
{
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("UTC")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT+5")]
    public void Zones_of_the_database_are_found(string id)
    {
        ContractZone.Check(id).Should().BeNull();
        ContractZone.TryFind(id, out DateTimeZone? zone).Should().BeTrue();
        zone!.Id.Should().Be(id);
    }

    [Theory]
    [InlineData("Europe/berlin")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("Mars/Olympus")]
    [InlineData("UTC+03")]
    [InlineData("UTC+03:30")]
    [InlineData("../../etc/passwd")]
    [InlineData("Europe/Berlin\0")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_ids_are_refused_with_a_code(string? id)
    {
        ContractZone.TryFind(id, out DateTimeZone? zone).Should().BeFalse();
        zone.Should().BeNull();
        ContractZone.Check(id)!.Code.Should().BeOneOf(TimeCodes.ZoneMalformed, TimeCodes.ZoneUnknown);
    }

    [Fact]
    public void Only_well_formed_ids_are_repeated()
    {
        ContractZone.Check("Mars/Olympus").Should().Be(Reason.Of(TimeCodes.ZoneUnknown, ("zone", "Mars/Olympus")));
        ContractZone.Check(new string('a', ContractZone.LengthMax + 1))
            .Should().Be(new Reason(TimeCodes.ZoneMalformed));
        FluentActions.Invoking(() => ContractCalendar.In(new string('a', 100_000))).Should().Throw<ArgumentException>()
            .Which.Message.Length.Should().BeLessThan(200);
    }
}
