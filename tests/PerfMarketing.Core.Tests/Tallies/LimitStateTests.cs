using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Tallies;

public sealed class LimitStateTests
{
    private static readonly ClauseId Clause = new("sale");

    [Theory]
    [InlineData("nothing before, paid", LimitPhase.Free, 0, LimitPhase.Used, 3, 3, 0)]
    [InlineData("set aside", LimitPhase.Free, 0, LimitPhase.Reserved, 3, 0, 3)]
    [InlineData("set aside, then paid less", LimitPhase.Reserved, 3, LimitPhase.Used, 2, 2, 0)]
    [InlineData("set aside, then given back", LimitPhase.Reserved, 3, LimitPhase.Free, 0, 0, 0)]
    [InlineData("paid, then a part taken back", LimitPhase.Used, 3, LimitPhase.Used, 1, 1, 0)]
    [InlineData("paid, then all taken back", LimitPhase.Used, 3, LimitPhase.Free, 0, 0, 0)]
    [InlineData("waited, then paid", LimitPhase.Waiting, 3, LimitPhase.Used, 3, 3, 0)]
    [InlineData("waits", LimitPhase.Free, 0, LimitPhase.Waiting, 3, 0, 0)]
    public void Newest_entry_replaces_the_one_before(
        string because, LimitPhase before, int amountBefore, LimitPhase after, int amountAfter, int used, int reserved)
    {
        LimitState state = new();
        state.Apply(Entry(1, LimitPhase.Used, 10));
        state.Apply(Entry(2, before, amountBefore));
        state.Apply(Entry(2, after, amountAfter));

        state.Used.Should().Be(10 + used, because);
        state.Reserved.Should().Be(reserved, because);
        state.Taken.Should().Be(10 + used + reserved, because);
        state.WaitingCount.Should().Be(after == LimitPhase.Waiting ? 1 : 0, because);
        state.Find(Clause, new("o2")).Should().Be(Entry(2, after, amountAfter), because);
    }

    [Fact]
    public void Turn_comes_by_when_the_outcome_occurred_and_then_by_its_name()
    {
        LimitState state = new();
        state.Apply(Entry(1, LimitPhase.Used, 10));
        state.Apply(Waiting(4, at: 4));
        state.Apply(Waiting(3, at: 2));
        state.Apply(Waiting(2, at: 2));

        state.Due.Should().BeNull("there is no room yet");
        state.Apply(Entry(1, LimitPhase.Used, 9));
        state.Due.Should().Be(new OutcomeId("o2"));
        state.IsBehind(Clause, new("o2"), At(2)).Should().BeFalse();
        state.IsBehind(Clause, new("o3"), At(2)).Should().BeTrue();
        state.IsBehind(Clause, new("o9"), At(1)).Should().BeFalse("it occurred before");

        state.Apply(Entry(2, LimitPhase.Free, 0));
        state.Due.Should().Be(new OutcomeId("o3"));
    }

    [Fact]
    public void Large_room_finds_what_a_small_one_does()
    {
        LimitState state = new();
        for (int i = 0; i < 100; i++)
        {
            state.Apply(Entry(i, LimitPhase.Used, i));
        }

        state.Apply(Entry(50, LimitPhase.Free, 0));
        state.Used.Should().Be((99 * 50) - 50);
        state.Find(Clause, new("o77")).Amount.Should().Be(77);
        state.Find(Clause, new("o100")).Phase.Should().Be(LimitPhase.Free);
        state.FirstBeside(new("o0")).Should().Be(At(1));
    }

    [Fact]
    public void First_is_the_earliest_that_was_paid_and_not_given_back()
    {
        LimitState state = new();
        state.FirstBeside(new("o9")).Should().BeNull();
        state.Apply(Entry(3, LimitPhase.Used, 1));
        state.Apply(Entry(1, LimitPhase.Reserved, 1));
        state.Apply(Entry(2, LimitPhase.Used, 1));

        state.FirstBeside(new("o9")).Should().Be(At(2));
        state.FirstBeside(new("o2")).Should().Be(At(3));
        state.Apply(Entry(2, LimitPhase.Free, 0));
        state.FirstBeside(new("o9")).Should().Be(At(3));
    }

    [Fact]
    public void Only_what_was_paid_takes_less_than_nothing()
    {
        LimitState state = new();
        state.Apply(Entry(1, LimitPhase.Used, 5));
        state.Apply(Entry(2, LimitPhase.Used, -8));
        state.Used.Should().Be(-3);

        foreach (LimitPhase phase in (LimitPhase[])[LimitPhase.Reserved, LimitPhase.Waiting, LimitPhase.Free])
        {
            FluentActions.Invoking(() => state.Apply(Entry(3, phase, -1))).Should().Throw<ArgumentException>();
        }
    }

    private static LimitEntry Entry(int outcome, LimitPhase phase, decimal amount) =>
        new(Clause, new($"o{outcome}"), At(outcome), phase, amount);

    private static LimitEntry Waiting(int outcome, int at) =>
        new(Clause, new($"o{outcome}"), At(at), LimitPhase.Waiting, 1) { Room = 9 };

    private static Instant At(int hours) => Instant.FromUtc(2026, 3, 1, 0, 0) + Duration.FromHours(hours);
}
