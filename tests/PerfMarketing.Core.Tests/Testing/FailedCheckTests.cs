using System.Text.RegularExpressions;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Testing;

/// <summary>What fails says which check, and the one place that differs.</summary>
public sealed class FailedCheckTests
{
    [Fact]
    public async Task Instant_that_lost_its_digits_is_told_by_its_place()
    {
        Func<Task> run = static () => LedgerChecks.All.RunAllAsync(static () => new RoundingLedger(), default);

        ScenarioFailedException failed = (await run.Should().ThrowAsync<ScenarioFailedException>()).Which;
        LedgerChecks.All.Names.Should().Contain(failed.Check);
        failed.Message.Should().StartWith($"{failed.Check}: ").And.Contain("at:       $");
        failed.Message.Length.Should().BeLessThan(1_500);
        failed.Place.Should().StartWith("$").And.MatchRegex("(?i)at$");
        failed.Expected.Should().NotBe(failed.Actual).And.MatchRegex("[0-9]{7,9}Z$");
        SourceTree.Files("*.md", "docs").Single(static f => f.Path == "docs/testing.md").Text
            .Should().Contain($"```text\n{failed.Message}\n```", "the page shows it");
    }

    [Fact]
    public async Task Page_that_ends_early_is_a_failure_and_not_an_index()
    {
        Func<Task> run = static () => DueChecks.All.RunAllAsync(
            static () => new(new MemoryLedger(), new NothingAfter()), default);

        (await run.Should().ThrowAsync<ScenarioFailedException>()).Which.Check.Should().NotBeEmpty();
    }

    [Fact]
    public async Task What_the_port_throws_is_told_with_the_check()
    {
        Func<Task> run = static () => PaymentChecks.All.RunAsync(
            PaymentChecks.All.Names[0], new ThrowingBank(), default);

        ScenarioFailedException failed = (await run.Should().ThrowAsync<ScenarioFailedException>()).Which;
        failed.Message.Should().StartWith(PaymentChecks.All.Names[0])
            .And.Contain("InvalidOperationException: No line.");
        failed.InnerException.Should().BeOfType<InvalidOperationException>();
    }

    [Fact]
    public void First_place_of_a_list_is_told()
    {
        ValueList<Outcome> expected = [.. Enumerable.Range(0, 1_000).Select(Numbered)];
        Outcome other = expected[700] with { Value = 3.Eur };
        Difference changed = Difference.First(expected, (ValueList<Outcome>)[.. expected.Take(700), other]);
        Difference ended = Difference.First(expected, (ValueList<Outcome>)[.. expected.Take(12)]);

        changed.Should().Be(new Difference("$[700].value", "2.00 EUR", "3.00 EUR"));
        ended.Place.Should().Be("$[12]");
        ended.Actual.Should().Be("nothing after 12 items");
    }

    [Fact]
    public void Things_that_read_the_same_are_told_apart()
    {
        Instant at = Instant.FromUtc(2026, 3, 1, 9, 0);
        DueOutcome due = new(new("o1"), at);

        Difference.First(due, due with { At = at + Duration.FromNanoseconds(1) })
            .Should().Be(new Difference("$.at", "2026-03-01T09:00:00Z", "2026-03-01T09:00:00.000000001Z"));
        Difference.First((1, "a"), (1, "b")).Should().Be(new Difference("$[1]", "a", "b"));
        Difference.First(null, 1).Expected.Should().Be("nothing");
    }

    private static Outcome Numbered(int number) => new()
    {
        Id = new($"o{number}"), At = Instant.FromUtc(2026, 3, 1, 9, 0), Kind = "sale", Value = 2.Eur,
    };

    // As a column of microseconds would.
    private sealed class RoundingLedger : ILedgerStore
    {
        private readonly MemoryLedger inner = new();

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            inner.CommitAsync(
                batch with
                {
                    Appends =
                    [
                        .. batch.Appends.Select(static a => a with { Records = [.. a.Records.Select(Rounded)] }),
                    ],
                },
                cancellationToken);

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
            inner.ReadAsync(after, cancellationToken);

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            inner.FindAsync(unit, keys, cancellationToken);

        private static CampaignRecord Rounded(CampaignRecord record) => TermJson.Parse(
            Regex.Replace(TermJson.Write(record), "(\\.[0-9]{6})[0-9]+Z", "$1Z"), CampaignRecord.Read)!;
    }

    private sealed class NothingAfter : IDueOutcomes
    {
        public ValueTask<ValueList<DueOutcome>> FindAsync(
            PerfMarketing.Identity.CampaignId campaign,
            Instant asOf,
            DueOutcome? after,
            int count,
            CancellationToken cancellationToken) => new((ValueList<DueOutcome>)[]);
    }

    private sealed class ThrowingBank : IPayments
    {
        public ValueTask<PaymentAnswer> SendAsync(
            PaymentInstruction instruction, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("No line.");

        public ValueTask<PaymentAnswer?> FindAsync(
            PerfMarketing.Identity.RemittanceId id, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("No line.");
    }
}
