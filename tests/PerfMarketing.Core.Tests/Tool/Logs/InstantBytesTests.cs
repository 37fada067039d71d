using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

public sealed class InstantBytesTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(1_678, 1);

    [Fact]
    public void Every_instant_that_can_be_held_is_read_as_the_general_pattern_reads_it()
    {
        long end = Instant.FromUtc(2262, 1, 1, 0, 0).ToUnixTimeTicks();
        Gen<Instant> instants =
            from ticks in ArbMap.Default.GeneratorFor<long>()
            from nanoseconds in Gen.Choose(0, 99)
            select Instant.FromUnixTimeTicks(ticks % end).PlusNanoseconds(nanoseconds);
        Prop.ForAll(instants.ToArbitrary(), static instant =>
            InstantBytes.TryParse(Bytes(InstantPattern.ExtendedIso.Format(instant)), out long read)
            && InstantBytes.ToInstant(read) == instant && InstantBytes.TryHold(instant, out long held) && held == read)
            .Check(Seeded);
    }

    [Theory]
    [InlineData("leap day", "2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z")]
    [InlineData("before 1970", "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z")]
    [InlineData("offset east", "2026-03-01T00:30:00+02:00", "2026-02-28T22:30:00Z")]
    [InlineData("offset west", "2026-03-01T00:30:00-05:30", "2026-03-01T06:00:00Z")]
    [InlineData("nine decimals", "2026-03-01T00:00:00.123456789Z", "2026-03-01T00:00:00.123456789Z")]
    public void Instants_are_read(string reason, string text, string expected)
    {
        InstantBytes.TryParse(Bytes(text), out long read).Should().BeTrue(reason);
        InstantPattern.ExtendedIso.Format(InstantBytes.ToInstant(read)).Should().Be(expected);
    }

    [Theory]
    [InlineData("no offset", "2026-03-01T00:00:00")]
    [InlineData("a space", "2026-03-01 00:00:00Z")]
    [InlineData("small letter", "2026-03-01t00:00:00z")]
    [InlineData("no such day", "2026-02-29T00:00:00Z")]
    [InlineData("no such month", "2026-13-01T00:00:00Z")]
    [InlineData("day zero", "2026-01-00T00:00:00Z")]
    [InlineData("hour 24", "2026-03-01T24:00:00Z")]
    [InlineData("leap second", "2016-12-31T23:59:60Z")]
    [InlineData("ten decimals", "2026-03-01T00:00:00.1234567890Z")]
    [InlineData("no decimals after the point", "2026-03-01T00:00:00.Z")]
    [InlineData("offset without colon", "2026-03-01T00:00:00+0200")]
    [InlineData("offset beyond 18 hours", "2026-03-01T00:00:00+18:01")]
    [InlineData("something after it", "2026-03-01T00:00:00Zx")]
    [InlineData("too late to be held", "2263-01-01T00:00:00Z")]
    [InlineData("year zero", "0000-01-01T00:00:00Z")]
    [InlineData("a letter", "2026-03-0lT00:00:00Z")]
    [InlineData("date only", "2026-03-01")]
    [InlineData("nothing", "")]
    public void What_is_not_clearly_an_instant_is_refused(string reason, string text) =>
        InstantBytes.TryParse(Bytes(text), out _).Should().BeFalse(reason);

    [Theory]
    [InlineData("seconds", "1530452141", 1, "2018-07-01T13:35:41Z")]
    [InlineData("decimal seconds", "1530452141.25", 1, "2018-07-01T13:35:41.25Z")]
    [InlineData("milliseconds", "1530452141250", 1000, "2018-07-01T13:35:41.25Z")]
    [InlineData("milliseconds before 1970", "-1", 1000, "1969-12-31T23:59:59.999Z")]
    public void Unix_times_are_read(string reason, string text, long perSecond, string expected)
    {
        InstantBytes.TryParseUnix(Bytes(text), perSecond, out long read).Should().BeTrue(reason);
        InstantPattern.ExtendedIso.Format(InstantBytes.ToInstant(read)).Should().Be(expected);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("abc", 1)]
    [InlineData("1.5", 1000)]
    [InlineData("1e9", 1)]
    [InlineData("99999999999999999", 1)]
    [InlineData("1 ", 1)]
    public void What_is_no_unix_time_is_refused(string text, long perSecond) =>
        InstantBytes.TryParseUnix(Bytes(text), perSecond, out _).Should().BeFalse();

    [Theory]
    [InlineData("2010-12-01 08:26:00", "2010-12-01T08:26:00")]
    [InlineData("2010-12-01T08:26", "2010-12-01T08:26:00")]
    [InlineData("2010-12-01", "2010-12-01T00:00:00")]
    public void Local_times_are_read(string text, string expected)
    {
        InstantBytes.TryParseLocal(Bytes(text), out LocalDateTime local).Should().BeTrue();
        LocalDateTimePattern.GeneralIso.Format(local).Should().Be(expected);
    }

    [Theory]
    [InlineData("2010-12-01 08:26:00Z")]
    [InlineData("2010-12-01x08:26")]
    [InlineData("01/12/2010")]
    [InlineData("2010-12")]
    public void What_is_no_local_time_is_refused(string text) =>
        InstantBytes.TryParseLocal(Bytes(text), out _).Should().BeFalse();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
