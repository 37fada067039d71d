using PerfMarketing.Events;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tests.Events;

public sealed class EventDigestTests
{
    [Fact]
    public void The_same_event_sent_again_later_is_the_same() =>
        EventDigest.Of(Samples.Click() with { RecordedAt = Samples.Hour(9) })
            .Should().Be(EventDigest.Of(Samples.Click()));

    [Fact]
    public void Anything_else_makes_another_event()
    {
        Outcome sale = Samples.Sale(10.Eur);
        Outcome[] others =
        [
            sale with { At = Samples.Hour(1) }, sale with { Value = 10.01m.Eur }, sale with { Value = 10.Usd },
            sale with { IsTest = true }, sale with { Facts = [Facts.Device.Of("tv")] }, sale with { Parent = new("x") },
        ];

        others.Append(sale).Select(EventDigest.Of).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Numbers_count_by_value() =>
        EventDigest.Of(Samples.Sale() with { Quantity = 2.50m })
            .Should().Be(EventDigest.Of(Samples.Sale() with { Quantity = 2.5m }));

    [Fact]
    public void The_digest_stays_what_it_was() => EventDigest.Of(Samples.Order()).ToString()
        .Should().Be("3e4384d1d8313f31e4a43812783da32009cb5bb69784b7627e5be81143697979");
}
