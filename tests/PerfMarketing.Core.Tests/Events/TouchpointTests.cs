using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Events;

public sealed class TouchpointTests
{
    [Fact]
    public void What_is_not_said_is_usual()
    {
        Touchpoint click = Samples.Click();

        click.Kind.Should().Be(TouchpointKind.Click);
        click.RecordedAt.Should().Be(click.At);
        click.Facts.Should().BeEmpty();
        click.IsTest.Should().BeFalse();
        click.Check().Should().BeEmpty();
    }

    [Fact]
    public void Stating_the_usual_recording_changes_nothing()
    {
        Touchpoint click = Samples.Click();
        Touchpoint stated = click with { RecordedAt = click.At };

        stated.Should().Be(click);
        stated.GetHashCode().Should().Be(click.GetHashCode());
        (click with { RecordedAt = Samples.Hour(1) }).Should().NotBe(click);
    }

    [Fact]
    public void Json_leaves_out_what_is_usual() => TermJson.Write(Samples.Click()).Should().Be(
        """{"format":1,"id":"t1","at":"2026-03-01T12:00:00Z","customer":"c1","partner":"p-blog"}""");

    [Fact]
    public void Json_brings_everything_back()
    {
        Touchpoint full = Samples.Click() with
        {
            RecordedAt = Samples.Hour(2),
            Kind = TouchpointKind.View,
            Channel = new("video"),
            Sequence = 7,
            Facts = [Facts.Device.Of("tv")],
            IsTest = true,
        };

        string json = TermJson.Write(full);

        json.Should().Be(
            """
            {"format":1,"id":"t1","at":"2026-03-01T12:00:00Z","recordedAt":"2026-03-01T14:00:00Z",
            "customer":"c1","partner":"p-blog",
            "kind":"view","channel":"video","sequence":7,"facts":{"device":"tv"},"isTest":true}
            """.ReplaceLineEndings(string.Empty));
        TermJson.Parse(json, Touchpoint.Read).Should().Be(full);
    }

    [Fact]
    public void What_is_missing_is_named_and_not_thrown()
    {
        Touchpoint empty = new() { Id = default, At = default, Customer = default, Partner = default, Kind = default };

        empty.Check().Select(static r => r.Code).Should().Equal(
            EventCodes.IdMissing, EventCodes.CustomerMissing, EventCodes.PartnerMissing, EventCodes.KindMissing);
    }

    [Fact]
    public void All_failures_of_a_bad_line_are_noted_at_once()
    {
        TermFailures failures = [];

        TermJson.TryParse(
            """{"id":"t 1 ","at":"noon","partner":7,"kind":"A Click","facts":[],"colour":"red"}""",
            Touchpoint.Read,
            failures,
            out Touchpoint? _);

        failures.Select(static f => $"{f.Path} {f.Code}").Should().BeEquivalentTo(
            "$.id terms.malformed",
            "$.at terms.malformed",
            "$.customer terms.missing",
            "$.partner terms.wrong-kind",
            "$.kind terms.malformed",
            "$.facts terms.wrong-kind",
            "$.colour terms.unknown");
    }
}
