using System.Globalization;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Crashes;

/// <summary>A host that plays a story and begins each call again when it broke down.</summary>
internal sealed class ScenarioHost
{
    private const int TryCount = 5;

    // Steps that leave something behind, or the story tells nothing.
    private static readonly string[] Telling =
        ["approve ", "reject ", "grade ", "book ", "invalidate ", "amend", "due"];

    private readonly Campaign first;
    private readonly Campaign second;
    private readonly MemoryLedger ledger = new();
    private readonly TouchpointWorkflow touchpoints;
    private readonly ConversionWorkflow conversions;
    private readonly SettlementWorkflow settlement;
    private readonly BookingWorkflow bookings;
    private readonly InvalidationWorkflow invalidations;
    private readonly AmendmentWorkflow amendments;
    private readonly DueWorkflow due;
    private readonly List<Statement> statements = [];
    private readonly SortedDictionary<string, Instant> reviews = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CorrectionId> newest = [];
    private readonly Dictionary<CorrectionId, CorrectionId> replaced = [];
    private Campaign campaign;
    private Instant now = Instant.FromUtc(2026, 3, 3, 9, 0);
    private int number;

    public ScenarioHost(Campaign campaign, IPortFaults faults)
    {
        first = this.campaign = campaign;
        second = (campaign.ToDraft() with { Id = new("other") }).Build();
        FaultyJourneys journeys = new(new MemoryJourneys(), faults);
        FaultyLedger faulty = new(ledger, faults);
        FaultyCampaigns campaigns = new(new MemoryCampaigns(first, second), faults);
        touchpoints = new(journeys);
        WorkflowPorts ports = new() { Campaigns = campaigns, Journeys = journeys, Ledger = faulty, Due = ledger };
        conversions = new(ports, new EvidenceVerifier(new MemoryProofKeys()));
        settlement = new(campaigns, faulty);
        bookings = new(campaigns, faulty);
        invalidations = new(ports);
        amendments = new(ports);
        due = new(ports, ledger);
    }

    private long Count => ledger.Positions.Sum(static p => p.Version);

    /// <summary>Plays a story.</summary>
    /// <returns>The root of all that is recorded then.</returns>
    public async Task<string> PlayAsync(Scenario scenario)
    {
        string last = "";
        foreach (string step in scenario.Script.Split(';', StringSplitOptions.TrimEntries))
        {
            bool isAgain = step == "again";
            last = isAgain ? last : step;
            number += isAgain ? 0 : 1;
            long before = Count;
            await StepAsync(last.Split(' ')).ConfigureAwait(false);
            if (!isAgain && Count == before && Array.Exists(
                Telling, word => last.StartsWith(word, StringComparison.Ordinal)))
            {
                throw new InvalidOperationException($"'{last}' does nothing in '{scenario.Name}'.");
            }

            now += Duration.FromHours(1);
        }

        return Root.Of(ledger, statements);
    }

    private async Task StepAsync(string[] words)
    {
        (campaign, words) = words[0] == "other" ? (second, words[1..]) : (first, words);
        switch (words[0])
        {
            case "days":
                now += DaysOf(words);
                await ReviewAsync().ConfigureAwait(false);
                break;
            case "wait":
                now += DaysOf(words);
                break;
            case "due":
                await SweepAsync().ConfigureAwait(false);
                break;
            case "amend":
                await AgainAsync(async () => (await amendments.AmendAsync(
                    campaign.Id, campaign.Contracts[0].Id, now, default).ConfigureAwait(false))
                    .AsEnumerable().ToList().ForEach(Note)).ConfigureAwait(false);
                break;
            case "book":
                await AgainAsync(async () => await bookings.BookAsync(campaign.Id, Booked(words), now, default)
                    .ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case "invalidate":
                await AgainAsync(async () => await invalidations.InvalidateAsync(
                    campaign.Id, Invalid(words), now, default).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case "close":
                await CloseAsync().ConfigureAwait(false);
                break;
            case "touch":
                await AgainAsync(async () => await touchpoints.RecordAsync([Touch(words)], default)
                    .ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case "batch":
                ValueList<CampaignInput> inputs =
                    [.. string.Join(' ', words.Skip(1)).Split(" + ").Select(text => InputOf(text.Split(' ')))];
                await AgainAsync(async () => (await conversions.ProcessBatchAsync(campaign.Id, inputs, now, default)
                    .ConfigureAwait(false)).AsEnumerable().ToList().ForEach(Note)).ConfigureAwait(false);
                break;
            default:
                await AgainAsync(async () => Note(await CallAsync(words).ConfigureAwait(false))).ConfigureAwait(false);
                break;
        }
    }

    private async Task<ConversionReport> CallAsync(string[] words)
    {
        OutcomeId id = new(words[1]);
        switch (words[0])
        {
            case "sale":
                return await conversions.ProcessAsync(campaign.Id, Sale(words), [], now, default).ConfigureAwait(false);
            case "proof":
            case "contradict":
                return await conversions.AddVerdictAsync(campaign.Id, id, Verdict(words), now, default)
                    .ConfigureAwait(false);
            case "approve":
            case "reject":
                return await conversions.DecideAsync(campaign.Id, Ruled(words), now, default).ConfigureAwait(false);
            case "grade":
                Graded grade = new() { Id = new(Name("r")), Outcome = id, At = now, Grade = words[2] };
                return await conversions.GradeAsync(campaign.Id, grade, now, default).ConfigureAwait(false);
            default:
                return await conversions.CorrectAsync(campaign.Id, Corrected(words), now, default)
                    .ConfigureAwait(false);
        }
    }

    private Ruling Ruled(string[] words) => words[0] == "reject"
        ? new Rejection { Id = new(Name("r")), Outcome = new(words[1]), At = now }
        : new Approval
        {
            Id = new(Name("r")),
            Outcome = new(words[1]),
            At = now,
            Contract = words.Length > 2 ? campaign.Contracts[0].Id : null,
            Amount = words.Length > 2 ? Minor(words[2]) : null,
        };

    private ManualEarning Booked(string[] words) => new()
    {
        Id = new(Name("b")),
        Contract = campaign.Contracts[0].Id,
        Partner = new(words[1]),
        Amount = Minor(words[2]),
        At = now,
        Author = "ben",
        Note = "by hand",
    };

    private Invalidation Invalid(string[] words) => new()
    {
        Id = new(Name("i")),
        Contract = campaign.Contracts[0].Id,
        Partner = new(words[1]),
        From = now - Duration.FromDays(90),
        To = now,
        At = now,
        Amount = Minor(words[2]),
        Author = "ann",
        Note = "bots",
    };

    private CampaignInput InputOf(string[] words) => words[0] switch
    {
        "sale" => new CampaignInput.OfOutcome(Sale(words)),
        "proof" or "contradict" => new CampaignInput.OfEvidence(new(words[1]), Verdict(words)),
        _ => new CampaignInput.OfCorrection(Corrected(words)),
    };

    private EvidenceVerdict Verdict(string[] words) =>
        EvidenceVerdict.Asserted("paid", new($"psp-{words[1]}"), now) with
        {
            Content = Digest.Of([(byte)words[0].Length]),
        };

    private Touchpoint Touch(string[] words) => new()
    {
        Id = new(Name("t")),
        At = now,
        Partner = new(words[1]),
        Customer = new(words[2]),
    };

    private Outcome Sale(string[] words) => new()
    {
        Id = new(words[1]),
        At = now,
        Kind = "sale",
        Customer = new CustomerId(words[2]),
        Value = Minor(words[3]),
        OrderId = words.Length > 4 ? new OrderId(words[4]) : null,
    };

    private Correction Corrected(string[] words)
    {
        OutcomeId outcome = new(words[1]);
        CorrectionId id = new(Name("r"));
        if (replaced.TryAdd(id, newest.GetValueOrDefault(words[1], id)))
        {
            newest[words[1]] = id;
        }

        CorrectionId before = replaced[id];
        return words[0] switch
        {
            "return" => new AmountReturn { Id = id, Outcome = outcome, At = now, Amount = Minor(words[2]) },
            "restate" => new Restatement { Id = id, Outcome = outcome, At = now, Value = Minor(words[2]) },
            "chargeback" => new Chargeback { Id = id, Outcome = outcome, At = now },
            "won" => new ChargebackWon { Id = id, Outcome = outcome, At = now, Replaces = before },
            "withdrawn" => new ReturnWithdrawn { Id = id, Outcome = outcome, At = now, Replaces = before },
            "retract" => new Retraction { Id = id, Outcome = outcome, At = now },
            _ => throw new ArgumentException($"'{words[0]}' is no step.", nameof(words)),
        };
    }

    private async Task CloseAsync()
    {
        LocalDate day = now.InZone(campaign.Contracts[0].Calendar.Zone).Date.PlusMonths(-1);
        ValueList<Statement> closed = [];
        await AgainAsync(async () => closed = await settlement.SettleAsync(
            campaign.Id, new(day.Year, day.Month), now, default).ConfigureAwait(false)).ConfigureAwait(false);
        statements.AddRange(closed);
    }

    private async Task ReviewAsync()
    {
        foreach ((string outcome, Instant at) in reviews.Where(r => r.Value <= now).ToArray())
        {
            reviews.Remove(outcome);
            await AgainAsync(async () => Note(await conversions.ReviewAsync(
                campaign.Id, new(outcome), at, default).ConfigureAwait(false))).ConfigureAwait(false);
        }
    }

    // By the timer alone, a few at a time.
    private async Task SweepAsync()
    {
        DueOutcome? after = null;
        do
        {
            DueReport? report = null;
            await AgainAsync(async () => report = await due.ReviewDueAsync(campaign.Id, now, 2, after, default)
                .ConfigureAwait(false)).ConfigureAwait(false);
            after = report!.Next;
        }
        while (after is not null);
    }

    private void Note(ConversionReport report)
    {
        reviews.Remove(report.State.Id.Value);
        if (report.ReviewAt is { } at)
        {
            reviews.Add(report.State.Id.Value, at);
        }
    }

    private static async Task AgainAsync(Func<Task> call)
    {
        for (int i = 1; ; i++)
        {
            try
            {
                await call().ConfigureAwait(false);
                return;
            }
            catch (PortFailedException) when (i < TryCount)
            {
            }
        }
    }

    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");

    private static Duration DaysOf(string[] words) =>
        Duration.FromDays(int.Parse(words[1], CultureInfo.InvariantCulture));

    private static Money Minor(string text) =>
        Money.FromMinor(long.Parse(text, CultureInfo.InvariantCulture), Currency.Eur);
}
