using NodaTime;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Testing;

public sealed class FakeClockTests
{
    [Fact]
    public void Clock_moves_only_when_told()
    {
        FakeClock clock = FakeClock.FromUtc(2026, 3, 1, 9);

        clock.GetCurrentInstant().Should().Be(clock.GetCurrentInstant());
        clock.Advance(Duration.FromHours(1)).Should().Be(Instant.FromUtc(2026, 3, 1, 10, 0));
        clock.Set(Instant.FromUtc(2026, 2, 1, 0, 0));
        clock.GetCurrentInstant().Should().Be(Instant.FromUtc(2026, 2, 1, 0, 0));
    }
}
