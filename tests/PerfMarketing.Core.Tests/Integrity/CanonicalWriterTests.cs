using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Integrity;

namespace PerfMarketing.Tests.Integrity;

public sealed class CanonicalWriterTests
{
    // The bytes of format 1; they may only change together with CanonicalWriter.Version.
    [Fact]
    public void The_format_is_pinned()
    {
        CanonicalWriter writer = new("t");
        writer.Null().Text("é").Integer(-2).Number(1.10m).Flag(false).Flag(true).Bytes([0xAB])
            .List(1).Text(string.Empty).Object(1).Text("n").Number(0m).Instant(Instant.FromUnixTimeSeconds(-1));

        Convert.ToHexString(writer.WrittenSpan).Should().Be(
            "504D4301" + "010000000174" + "00" + "0100000002C3A9" + "02FFFFFFFFFFFFFFFE" + "03000000053131652D31"
            + "04" + "05" + "0600000001AB" + "0700000001" + "0100000000" + "0800000001" + "01000000016E"
            + "030000000130" + "09FFFFFFFF" + "00004E9455B43600");
        writer.ToDigest().ToString().Should().Be("3ad4332321524d5678e3081bfae63ea364662b308a730309422c543173c36e08");
    }

    [Theory]
    [InlineData("1.10", "1.1")]
    [InlineData("100", "1e2")]
    [InlineData("100", "100.000")]
    [InlineData("0", "-0")]
    [InlineData("0", "0.00e7")]
    [InlineData("-0.5", "-5E-1")]
    [InlineData("12", "0.12e+2")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890.0")]
    public void Numbers_count_by_value(string left, string right) =>
        Of(w => w.Number(left)).Should().Be(Of(w => w.Number(right)));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1234567890")]
    [InlineData("0x1")]
    [InlineData("+1")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    public void What_is_no_number_is_refused(string digits) =>
        FluentActions.Invoking(() => Of(w => w.Number(digits))).Should().Throw<FormatException>();

    [Fact]
    public void Decimals_have_one_form_whatever_their_scale() =>
        Prop.ForAll(
            Gen.Choose(-int.MaxValue, int.MaxValue).SelectMany(static n => Gen.Choose(0, 9).Select(s => (n, s)))
                .ToArbitrary(),
            static c =>
            {
                decimal value = new(Math.Abs(c.n), 0, 0, c.n < 0, (byte)c.s);
                Digest digest = Of(w => w.Number(value));
                return digest == Of(w => w.Number(value * 1.000m))
                    && digest == Of(w => w.Number(value.ToString(CultureInfo.InvariantCulture)))
                    && (value == 0 || digest != Of(w => w.Number(-value)));
            }).Check(Config.QuickThrowOnFailure.WithReplay(20_180_722, 1));

    [Fact]
    public void Other_values_give_other_digests()
    {
        Digest[] all =
        [
            Of(static w => w),
            new CanonicalWriter("u").ToDigest(),
            Of(static w => w.Null()),
            Of(static w => w.Null().Null()),
            Of(static w => w.Text(string.Empty)),
            Of(static w => w.Text("1")),
            Of(static w => w.Integer(1)),
            Of(static w => w.Number(1m)),
            Of(static w => w.Flag(true)),
            Of(static w => w.Bytes([1])),
            Of(static w => w.Bytes("1"u8)),
            Of(static w => w.Text("ab").Text("c")),
            Of(static w => w.Text("a").Text("bc")),
            Of(static w => w.List(0)),
            Of(static w => w.Object(0)),
            Of(static w => w.List(2).Text("a").Text("b")),
            Of(static w => w.List(1).List(1).Text("a").Text("b")),
            Of(static w => w.List(1).Text("a").Text("b")),
            Of(static w => w.Object(1).Text("a").Text("b")),
            Of(static w => w.Instant(default)),
            Of(static w => w.Instant(default(Instant) + Duration.Epsilon)),
        ];

        all.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_writer_that_was_reset_is_as_good_as_new()
    {
        CanonicalWriter writer = new("first");
        writer.Text(new string('x', 10_000));

        writer.Reset("t").Integer(1).ToDigest().Should().Be(Of(static w => w.Integer(1)));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_and_null_is_absent()
    {
        FluentActions.Invoking(static () => Of(static w => w.Text("\uD800")))
            .Should().Throw<EncoderFallbackException>();
        Of(static w => w.Text(null)).Should().Be(Of(static w => w.Null()));
        FluentActions.Invoking(static () => Of(static w => w.List(-1))).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(static () => new CanonicalWriter(string.Empty)).Should().Throw<ArgumentException>();
    }

    private static Digest Of(Func<CanonicalWriter, CanonicalWriter> write) => write(new("t")).ToDigest();
}
