using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Measurement.Reports;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Testing;

/// <content>Traffic that is not what it seems: what is held, rejected and taken off, gross and net.</content>
public sealed partial class ContractScenario
{
    private ValueList<string> classes = [];
    private int findingCount;

    /// <summary>A partner's clicks are counted together: a touch, and an outcome of the kind <c>click</c>.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="count">How many.</param>
    public ContractScenario Clicks(string partner, string customer, decimal count) =>
        Click(partner, customer).Outcome(OutcomeKind.Click, customer, with: o => o with { Quantity = count });

    /// <summary>Licensed lists put the source of the next outcome into classes.</summary>
    /// <param name="classes">The classes, such as <c>data-centre</c>.</param>
    public ContractScenario Classified(params ReadOnlySpan<string> classes)
    {
        this.classes = ValueList.Create(classes);
        return this;
    }

    /// <summary>Somebody finds the outcome suspicious, outside the contract's own rules or in their words.</summary>
    /// <param name="code">What was found: one of <see cref="TrafficReasons"/>, or a code of one's own.</param>
    /// <param name="score">What a code of one's own counts; the rules say what theirs do.</param>
    public ContractScenario Flagged(string code, int score = 0) => Proven(TrafficEvidence.Flag(
        NextFinding(), [new TrafficSignal(score, TrafficAction.Accept, new Reason(code))], Now));

    /// <summary>The host takes findings about the outcome back.</summary>
    /// <param name="codes">The codes; all when none is given.</param>
    public ContractScenario Cleared(params ReadOnlySpan<string> codes) =>
        Proven(TrafficEvidence.Clear(NextFinding(), Now, codes));

    /// <summary>An auditor finds results of a partner invalid, under the first contract and without ids.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="quantity">How many.</param>
    /// <param name="from">The first day of the period in which they occurred, such as <c>2026-03-01</c>.</param>
    /// <param name="to">The first day after it.</param>
    /// <exception cref="FormatException">A text is not a day.</exception>
    /// <exception cref="ScenarioFailedException">The invalidation is refused.</exception>
    public ContractScenario Invalidated(string partner, decimal quantity, string from, string to)
    {
        Invalidation invalid = new()
        {
            Id = new(NextFinding().Value),
            Contract = run.State.Campaign.Contracts[0].Id,
            Partner = new(partner),
            From = StartOf(from),
            To = StartOf(to),
            At = Now,
            Quantity = quantity,
            Author = "scenario",
            Note = "Found invalid by source and period.",
        };
        Instant at = Now;
        Reason? reason = Ask(() => run.Invalidate(invalid, at)).Reason;
        return Expect(
            $"{quantity.ToString(CultureInfo.InvariantCulture)} results of {partner} are invalidated",
            "taken",
            reason is { } refused ? $"refused for {refused}" : "taken",
            []);
    }

    /// <summary>The outcome waits because of what was found.</summary>
    /// <param name="code">The code of a finding, such as <c>traffic.too-fast</c>.</param>
    /// <exception cref="ScenarioFailedException">It does not, or because of something else.</exception>
    public ContractScenario ExpectHeld(string code) => Expect(
        $"{current} is held",
        $"held for {code}",
        run.State.Find(current)?.Decision?.Qualification is Qualification.Pending pending
            && pending.Reasons.Any(r => r.Code == code));

    /// <summary>What the rules of invalid traffic made of all results of a partner, as it stands.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="counts">
    /// The counts, such as <c>4 gross, 1 held, 2 rejected, 2 net</c>; <c>nothing</c> when nothing is counted.
    /// </param>
    /// <exception cref="ScenarioFailedException">There are other counts.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner.</exception>
    public ContractScenario ExpectTraffic(string partner, string counts)
    {
        PartnerId id = Known(partner);
        TrafficLine[] lines = [.. TrafficReport.Of(run.State).Lines.Where(l => l.Partner == id)];
        return Expect(
            $"traffic of {partner}",
            counts,
            Text(lines.Select(static l => l.Counts)),
            lines.SelectMany(static l => l.Found).Select(static f =>
                string.Create(CultureInfo.InvariantCulture, $"{f.Code} {f.Count}")));
    }

    /// <summary>What a partner's statement of a month shows of invalid traffic.</summary>
    /// <param name="month">The month, such as <c>2026-03</c>.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="counts">
    /// What changed in the month, such as <c>4 gross, 1 held, 2 rejected, 2 net</c>; <c>nothing</c> when nothing did.
    /// </param>
    /// <exception cref="ScenarioFailedException">There are other counts.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner, or no contract has such a month.</exception>
    public ContractScenario ExpectTraffic(string month, string partner, string counts)
    {
        PartnerId id = Known(partner);
        Statement[] statements = [.. StatementsIn(month).Where(s => s.Partner == id)];
        return Expect(
            $"traffic of {partner} in {month}",
            counts,
            Text(statements.Select(static s => s.Traffic).OfType<TrafficCounts>()),
            LinesOf(statements));
    }

    private static string Text(IEnumerable<TrafficCounts> counts) =>
        string.Join(" + ", counts.Select(static c => c.ToString()).DefaultIfEmpty("nothing"));

    // What lists say of a source is known before the outcome is decided.
    private void TellClasses(OutcomeId outcome)
    {
        if (classes.Count > 0)
        {
            CampaignInput.OfEvidence seen = new(outcome, TrafficEvidence.Classify(NextFinding(), classes, Now));
            Tell(() => run.Process(seen));
            classes = [];
        }
    }

    private Instant StartOf(string day) => LocalDatePattern.Iso.Parse(day) is { Success: true } parsed
        ? zone.AtStartOfDay(parsed.Value).ToInstant()
        : throw new FormatException($"A day is written like 2026-03-01, not '{day}'.");

    private EvidenceId NextFinding() =>
        new(string.Create(CultureInfo.InvariantCulture, $"finding-{++findingCount}"));
}
