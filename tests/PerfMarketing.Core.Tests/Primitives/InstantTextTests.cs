using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Primitives;

public sealed class InstantTextTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(10_000).WithReplay(1_970, 1);

    [Fact]
    public void Every_instant_has_the_text_of_the_general_pattern()
    {
        long first = Instant.MinValue.ToUnixTimeTicks() / 10;
        long last = Instant.MaxValue.ToUnixTimeTicks() / 10;
        Gen<Instant> instants =
            from seed in ArbMap.Default.GeneratorFor<ulong>()
            from nanoseconds in Gen.Elements(0, 0, 1, 100, 999)
            let ticks = (first + (long)(seed % (ulong)(last - first))) * 10
            select Instant.FromUnixTimeTicks(ticks).PlusNanoseconds(nanoseconds);
        Prop.ForAll(instants.ToArbitrary(), static instant =>
            InstantText.Of(instant) == InstantPattern.ExtendedIso.Format(instant)).Check(Seeded);
    }

    [Theory]
    [InlineData("before year 1", "-0001-12-31T23:59:59Z")]
    [InlineData("the first", "0001-01-01T00:00:00Z")]
    [InlineData("before 1970, with a fraction", "1969-12-31T23:59:59.000000001Z")]
    [InlineData("the epoch", "1970-01-01T00:00:00Z")]
    [InlineData("a leap day", "2000-02-29T12:34:56.5Z")]
    [InlineData("no leap day in 2100", "2100-03-01T00:00:00Z")]
    [InlineData("the last second", "9999-12-31T23:59:59.999999999Z")]
    public void Texts_come_back(string reason, string text) =>
        InstantText.Of(InstantPattern.ExtendedIso.Parse(text).Value).Should().Be(text, reason);
}
