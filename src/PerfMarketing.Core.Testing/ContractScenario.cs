using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;

namespace PerfMarketing.Testing;

/// <summary>Tells what happens under a contract, step by step, and says what should come of it.</summary>
/// <remarks>
/// Times are local to the first contract's zone, amounts are text, so that a failing test shows what a statement would
/// show. Expectations are about the outcome that was mentioned last. Works with any test runner; not thread-safe.
/// </remarks>
/// <example><code>
/// new ContractScenario(draft)
///     .At("2026-03-01 09:00").Click("p-blog", "cust-1")
///     .At("2026-03-03 12:00").Outcome("sale", "cust-1", 200.Eur).ExpectPending("order-paid")
///     .At("2026-03-17 12:00").Proven("order-paid", "psp-991").ExpectEarned("p-blog", "24.00 EUR")
///     .ExpectStatement("2026-03", "24.00 EUR");
/// </code></example>
public sealed partial class ContractScenario
{
    private static readonly LocalDateTimePattern TimePattern =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    private readonly DateTimeZone zone;
    private ScenarioJourneys journeys;
    private CampaignRun run;
    private Instant? now;
    private OutcomeId current;
    private int outcomeCount;
    private int correctionCount;

    /// <summary>Begins a scenario under a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="catalog">The kinds of term that may be used; the library's when null.</param>
    /// <exception cref="ContractInvalidException">Something is wrong with the campaign.</exception>
    public ContractScenario(CampaignDraft campaign, TermCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        (draft, this.catalog) = (campaign, catalog);
        Begin();
        zone = run.State.Campaign.Contracts[0].Calendar.Zone;
    }

    /// <summary>Begins a scenario under one contract, where the last touch gets the credit.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="catalog">The kinds of term that may be used; the library's when null.</param>
    /// <exception cref="ContractInvalidException">Something is wrong with the contract.</exception>
    public ContractScenario(ContractDraft contract, TermCatalog? catalog = null)
        : this(contract.ToCampaign(), catalog)
    {
    }

    /// <summary>What is known so far, for expectations of your own.</summary>
    public CampaignState State => run.State;

    private Instant Now => now ?? throw new InvalidOperationException("A scenario begins with a time: At(…).");

    /// <summary>Time passes; what waited too long for its proof is rejected.</summary>
    /// <param name="time">
    /// The local time, such as <c>2026-03-01 09:00</c>; skipped by a clock change it is moved on, shown twice it is the
    /// first.
    /// </param>
    /// <exception cref="FormatException">The text is not a time.</exception>
    /// <exception cref="ArgumentException">The time lies before the one before.</exception>
    public ContractScenario At(string time)
    {
        Instant next = InstantOf(time);
        now = next >= now.GetValueOrDefault(Instant.MinValue)
            ? next
            : throw new ArgumentException("Time does not go back.", nameof(time));
        Tell(() => run.Expire(next));
        return this;
    }

    /// <summary>A customer clicks on a partner's advertising.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="with">Adds channel, facts and the like; null adds nothing.</param>
    public ContractScenario Click(
        string partner, string customer, Func<JourneyTouch, JourneyTouch>? with = null) =>
        Touch(partner, customer, TouchpointKind.Click, with);

    /// <summary>A customer sees a partner's advertising.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="with">Adds channel, facts and the like; null adds nothing.</param>
    public ContractScenario View(
        string partner, string customer, Func<JourneyTouch, JourneyTouch>? with = null) =>
        Touch(partner, customer, TouchpointKind.View, with);

    /// <summary>
    /// An outcome happens; it is named <c>outcome-1</c>, <c>outcome-2</c> and so on unless it says otherwise.
    /// </summary>
    /// <param name="kind">The kind of outcome.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="value">What it is worth; null when it has no value.</param>
    /// <param name="with">Adds quantity, lines, facts and the like; null adds nothing.</param>
    public ContractScenario Outcome(
        OutcomeKind kind, string customer, Money? value = null, Func<Outcome, Outcome>? with = null)
    {
        Outcome plain = new()
        {
            Id = new(string.Create(CultureInfo.InvariantCulture, $"outcome-{++outcomeCount}")),
            At = Now,
            Kind = kind,
            Customer = new CustomerId(customer),
            Value = value,
        };
        Outcome outcome = with is null ? plain : with(plain);
        Tell(() => journeys.Happened(outcome));
        TellClasses(outcome.Id);
        return Take(new CampaignInput.OfOutcome(outcome));
    }

    /// <summary>Speaks from here on of an earlier outcome.</summary>
    /// <param name="outcome">The outcome's name, such as <c>outcome-1</c>.</param>
    public ContractScenario About(string outcome)
    {
        current = new(outcome);
        return this;
    }

    /// <summary>Evidence comes for the outcome: the host's own word.</summary>
    /// <param name="kind">The kind of evidence.</param>
    /// <param name="providerId">The provider's id of it.</param>
    public ContractScenario Proven(EvidenceKind kind, string providerId) =>
        Proven(EvidenceVerdict.Asserted(kind, new(providerId), Now));

    /// <summary>Evidence comes for the outcome, as a verifier judged it.</summary>
    /// <param name="verdict">The verdict.</param>
    public ContractScenario Proven(EvidenceVerdict verdict) => Take(new CampaignInput.OfEvidence(current, verdict));

    /// <summary>A part of the outcome's value is returned.</summary>
    /// <param name="amount">What is given back.</param>
    public ContractScenario Returned(Money amount) =>
        Corrected(new AmountReturn { Id = NextCorrection(), Outcome = current, At = Now, Amount = amount });

    /// <summary>The outcome is retracted.</summary>
    public ContractScenario Retracted() =>
        Corrected(new Retraction { Id = NextCorrection(), Outcome = current, At = Now });

    /// <summary>The outcome is corrected in any other way.</summary>
    /// <param name="correction">The correction.</param>
    public ContractScenario Corrected(Correction correction) => Take(new CampaignInput.OfCorrection(correction));

    /// <summary>The outcome waits for evidence.</summary>
    /// <param name="missing">A kind of evidence that is missing.</param>
    /// <exception cref="ScenarioFailedException">It does not.</exception>
    public ContractScenario ExpectPending(EvidenceKind missing) => Expect(
        $"{current} waits for '{missing}'",
        $"pending for {missing}",
        run.State.Find(current)?.Decision?.Qualification is Qualification.Pending pending
            && pending.Missing.Contains(missing));

    /// <summary>The outcome is refused.</summary>
    /// <param name="code">The code of a reason, such as <c>outcome.duplicate-order</c>.</param>
    /// <exception cref="ScenarioFailedException">It is not, or for other reasons.</exception>
    public ContractScenario ExpectRejected(string code) => Expect(
        $"{current} is rejected",
        $"rejected for {code}",
        run.State.Find(current)?.Decision?.Qualification is Qualification.Rejected rejected
            && rejected.Reasons.Any(r => r.Code == code));

    /// <summary>The partner earned an amount by the outcome, what was taken back subtracted.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="amount">The amount, such as <c>12.00 EUR</c>; <c>nothing</c> when there is no earning.</param>
    /// <exception cref="ScenarioFailedException">It earned another amount, or there is no such outcome.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner.</exception>
    public ContractScenario ExpectEarned(string partner, string amount)
    {
        string step = $"{partner} earns by {current}";
        PartnerId id = Known(partner);
        IEnumerable<Money> earned = Known(step, amount).Earnings
            .Where(e => e.Earning.Partner == id).Select(static e => e.Net);
        return Expect(step, amount, Text(earned));
    }

    /// <summary>The lines of what the partner earned by the outcome, as they were posted.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="lines">Code and amount of each line, such as <c>cap -40.00 EUR</c>.</param>
    /// <exception cref="ScenarioFailedException">There are other lines, or there is no such outcome.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner.</exception>
    public ContractScenario ExpectLines(string partner, params ReadOnlySpan<string> lines)
    {
        (string step, string expected) = ($"lines of {partner} for {current}", string.Join(", ", lines));
        PartnerId id = Known(partner);
        IEnumerable<string> posted = Known(step, expected).Earnings
            .Where(e => e.Earning.Partner == id)
            .SelectMany(static e => e.Earning.Lines.Select(static l => l.ToString()));
        return Expect(step, expected, string.Join(", ", posted));
    }

    /// <summary>What all partners together were credited in a month, by when it was decided.</summary>
    /// <param name="month">The month, such as <c>2026-03</c>.</param>
    /// <param name="total">The total so far, such as <c>24.00 EUR</c>; <c>nothing</c> without a statement.</param>
    /// <exception cref="ScenarioFailedException">The total is another.</exception>
    /// <exception cref="ArgumentException">No contract has such a month.</exception>
    public ContractScenario ExpectStatement(string month, string total)
    {
        Statement[] statements = [.. StatementsIn(month)];
        return Expect(
            $"statements of {month}", total, Text(statements.Select(static s => s.Total)), LinesOf(statements));
    }

    /// <summary>What a partner was credited in a month, by when it was decided.</summary>
    /// <param name="month">The month, such as <c>2026-03</c>.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="total">The total so far, such as <c>24.00 EUR</c>; <c>nothing</c> without a statement.</param>
    /// <exception cref="ScenarioFailedException">The total is another.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner, or no contract has such a month.</exception>
    public ContractScenario ExpectStatement(string month, string partner, string total)
    {
        PartnerId id = Known(partner);
        Statement[] statements = [.. StatementsIn(month).Where(s => s.Partner == id)];
        return Expect(
            $"statement of {partner} for {month}",
            total,
            Text(statements.Select(static s => s.Total)),
            LinesOf(statements));
    }

    private ContractScenario Touch(
        string partner, string customer, TouchpointKind kind, Func<JourneyTouch, JourneyTouch>? with)
    {
        JourneyTouch plain = new() { At = Now, RecordedAt = Now, Partner = new(partner), Kind = kind };
        JourneyTouch touch = with is null ? plain : with(plain);
        touching.Add(touch.Partner);
        Tell(() => journeys.Touched(new(customer), touch));
        return this;
    }

    private ContractScenario Take(CampaignInput input)
    {
        current = input.OutcomeId;
        Tell(() => run.Process(input));
        return this;
    }

    [MemberNotNull(nameof(run), nameof(journeys))]
    private void Begin()
    {
        journeys = new();
        run = new(draft.Build(catalog), journeys, ExplainLevel.Full, new RateBook(rates));
    }

    private Instant InstantOf(string time) => TimePattern.Parse(time) is { Success: true } parsed
        ? zone.AtLeniently(parsed.Value).ToInstant()
        : throw new FormatException($"A time is written like 2026-03-01 09:00, not '{time}'.");

    private CorrectionId NextCorrection() =>
        new(string.Create(CultureInfo.InvariantCulture, $"correction-{++correctionCount}"));

    private ContractScenario Expect(string step, string expected, bool holds) =>
        holds ? this : Expect(step, expected, Standing());

    private ContractScenario Expect(
        string step, string expected, string actual, IEnumerable<string>? explanation = null) =>
        string.Equals(expected, actual, StringComparison.Ordinal)
            ? this
            : throw new ScenarioFailedException(
                step, expected, actual, explanation is null ? Explanation() : Or([.. explanation]));

    private static string Text(IEnumerable<Money> amounts)
    {
        string text = string.Join(" + ", amounts.GroupBy(static a => a.Currency)
            .Select(static g => g.Aggregate(static (sum, amount) => sum + amount).ToString()));
        return text.Length == 0 ? "nothing" : text;
    }

    private static string Text(TouchCredit touch) => string.Create(
        CultureInfo.InvariantCulture,
        $"{touch.Touch} of {touch.Partner}: {touch.Reason?.ToString() ?? $"weight {touch.Weight}"}");
}
