using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Postbacks;

namespace PerfMarketing.Tests.Settlement.Postbacks;

public sealed class PostbackTemplateTests
{
    private static readonly PostbackFacts Facts = new()
    {
        Campaign = new("acme-2026"),
        Contract = new("net"),
        Clause = new("sale"),
        Partner = new("p-blog"),
        Outcome = new("o&1=2"),
        Kind = "sale",
        State = PostbackState.Approved,
        At = Instant.FromUtc(2026, 3, 1, 9, 0),
        Entry = new("0123"),
        Payout = 12.5m.Eur,
        Net = 12.5m.Eur,
        Touch = new("click 7"),
        TouchFacts = FactSet.Empty.With(PerfMarketing.Events.Facts.SubId(1), "a/b?c#d\r\nHost: evil")
            .With(PerfMarketing.Events.Facts.SubId(10), "größe"),
    };

    [Theory]
    [InlineData("https://t.example/p", "https://t.example/p")]
    [InlineData("https://t.example/p?id={outcome}&x=1", "https://t.example/p?id=o%261%3D2&x=1")]
    [InlineData("https://t.example/?s={payout}{currency}", "https://t.example/?s=12.50EUR")]
    [InlineData("https://t.example/?c={touch}&r={reason}", "https://t.example/?c=click%207&r=")]
    [InlineData("https://t.example/?a={subid1}", "https://t.example/?a=a%2Fb%3Fc%23d%0D%0AHost%3A%20evil")]
    [InlineData("https://t.example/?a={subid10}{subid2}", "https://t.example/?a=gr%C3%B6%C3%9Fe")]
    [InlineData("https://t.example/?{state}={at}", "https://t.example/?approved=2026-03-01T09%3A00%3A00Z")]
    [InlineData(
        "http://t.example:8080/?{campaign}.{contract}.{clause}.{partner}.{kind}.{entry}.{net}",
        "http://t.example:8080/?acme-2026.net.sale.p-blog.sale.0123.12.50")]
    public void Values_are_escaped(string template, string expected) =>
        PostbackTemplate.Parse(template).Render(Facts).Should().Be(expected);

    [Theory]
    [InlineData("https://t.example/?v={value}", PostbackReasons.MacroUnknown)]
    [InlineData("https://t.example/?v={Payout}", PostbackReasons.MacroUnknown)]
    [InlineData("https://t.example/?v={subid11}", PostbackReasons.MacroUnknown)]
    [InlineData("https://t.example/?v={}", PostbackReasons.MacroUnknown)]
    [InlineData("https://t.example/?v={payout", PostbackReasons.MacroOpen)]
    [InlineData("https://t.example/?v=payout}", PostbackReasons.MacroOpen)]
    [InlineData("https://t.example/?v={{payout}}", PostbackReasons.MacroOpen)]
    [InlineData("https://t.example/{partner}?v=1", PostbackReasons.MacroMisplaced)]
    [InlineData("https://t.example/{partner}", PostbackReasons.MacroMisplaced)]
    [InlineData("ftp://t.example/?v={payout}", PostbackReasons.AddressInvalid)]
    [InlineData("/p?v={payout}", PostbackReasons.AddressInvalid)]
    [InlineData("javascript:alert(1)", PostbackReasons.AddressInvalid)]
    [InlineData("https://", PostbackReasons.AddressInvalid)]
    [InlineData("https://user:word@t.example/?v={payout}", PostbackReasons.AddressInvalid)]
    [InlineData("https://t.example/?v={payout}#top", PostbackReasons.AddressInvalid)]
    [InlineData("https://t.example/?v={payout}\r\nX: y", PostbackReasons.AddressInvalid)]
    [InlineData("https://t.example/?v= {payout}", PostbackReasons.AddressInvalid)]
    [InlineData("https://t.exämple/?v={payout}", PostbackReasons.AddressInvalid)]
    public void Wrong_templates_are_refused(string template, string code)
    {
        PostbackTemplate.Check(template).Select(static r => r.Code).Should().Equal(code);
        FluentActions.Invoking(() => PostbackTemplate.Parse(template)).Should().Throw<FormatException>();
    }

    [Fact]
    public void Macro_in_the_host_is_refused() =>
        PostbackTemplate.Check("https://{subid1}.example/?v=1").Select(static r => r.Code)
            .Should().Contain(PostbackReasons.MacroMisplaced);

    [Fact]
    public void Everything_wrong_is_told_at_once() =>
        PostbackTemplate.Check("https://t.example/{touch}?a={price}&b={margin}").Select(static r => r.ToString())
            .Should().Equal(
                "postback.macro-misplaced (macro: touch)",
                "postback.macro-unknown (macro: price)",
                "postback.macro-unknown (macro: margin)");

    [Fact]
    public void Template_has_a_length() =>
        PostbackTemplate.Check("https://t.example/?" + new string('a', PostbackTemplate.LengthMax))
            .Single().Code.Should().Be(PostbackReasons.TooLong);

    [Fact]
    public void Targets_read_back_and_wrong_ones_say_why()
    {
        PostbackTerms terms = new()
        {
            Name = "tracker",
            Partner = new("p-blog"),
            Contract = new("net"),
            Address = PostbackTemplate.Parse("https://t.example/?id={outcome}"),
            On = [PostbackState.Approved, PostbackState.Reversed],
        };
        TermFailures none = [];
        TermReader.Read(TermNode.Of(terms), none, PostbackTerms.Read).Should().Be(terms);
        none.Should().BeEmpty();

        TermFailures failures = [];
        TermWriter writer = new();
        writer.Value("name", "tracker");
        writer.Value("partner", "p-blog");
        writer.Value("address", "https://t.example/?id={order}");
        writer.Values<string>("on", ["paid"]);
        TermReader.Read(writer.ToNode(), failures, PostbackTerms.Read);
        failures.Select(static f => f.Code).Should().Contain(
            [PostbackReasons.MacroUnknown, PostbackReasons.StateUnknown]);
    }
}
