using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts;

/// <summary>What one clause would pay for an outcome now; nothing is recorded and no tally moves.</summary>
/// <remarks>
/// The price before limits and budgets, which are the campaign's to apply, and whatever the proof says. Pure: the same
/// terms, outcome and tallies give the same preview, and the same amounts as the decision would.
/// </remarks>
public sealed record ClausePreview
{
    /// <summary>The clause.</summary>
    public required ClauseId Clause { get; init; }

    /// <summary>What is priced: the commissionable amount and lines, the quantity and the facts.</summary>
    public required Basis Basis { get; init; }

    /// <summary>What each partner would get, with the lines; empty when <see cref="Refusal"/> says why.</summary>
    public ValueList<PricedShare> Shares { get; init; } = [];

    /// <summary>Why the clause would pay nothing at all; null when it has a price.</summary>
    public Reason? Refusal { get; init; }

    /// <summary>What the terms of the commissionable amount could not apply to, and what they left out.</summary>
    public ValueList<Reason> Notes { get; init; } = [];

    /// <summary>
    /// The rate by which a value in another currency was converted; null when nothing was.
    /// </summary>
    public RateSnapshot? Rate { get; init; }

    /// <summary>
    /// What earlier results of the period would be worth more or less, for all partners together; nothing when no tier
    /// is crossed.
    /// </summary>
    public Money Repriced => Shares.Aggregate(
        Money.Zero(Basis.Value.Currency), static (sum, share) => sum + share.Repriced);

    /// <summary>What all partners together would get for the outcome itself.</summary>
    public Money Amount => Shares.Aggregate(
        Money.Zero(Basis.Value.Currency), static (sum, share) => sum + share.Amount);

    /// <summary>What every clause that applies would pay one partner with the whole credit.</summary>
    /// <param name="contract">The contract; that it is in force and names the partner is the caller's to know.</param>
    /// <param name="outcome">The outcome, as first recorded; nothing is wrong with it.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="tallyOf">What a clause has tallied for the partner so far; nothing when null.</param>
    /// <param name="rates">
    /// The rates by which a contract that converts reads what is in another currency, as known when the outcome was
    /// recorded; none when null.
    /// </param>
    /// <param name="role">
    /// The part that the partner had in the journey, for clauses that ask for it; null when it is not known: then no
    /// such clause applies.
    /// </param>
    /// <returns>The previews in the order of the clauses; empty when no clause applies.</returns>
    /// <exception cref="ArgumentException">Something is wrong with the outcome.</exception>
    public static ValueList<ClausePreview> Of(
        Contract contract,
        Outcome outcome,
        PartnerId partner,
        Func<ClauseId, Tally>? tallyOf = null,
        RateBook? rates = null,
        PartnerRole? role = null)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(outcome);
        tallyOf ??= _ => Tally.Zero(contract.Currency);
        OutcomeTruth truth = OutcomeTruth.Of(outcome);
        FactSet facts = OutcomeFacts.Of(outcome, truth, null, null);
        facts = role is { } part ? OutcomeFacts.With(facts, part.Names) : facts;
        ClauseSubject subject = new(outcome.Kind, facts, outcome.At) { Partner = partner, Order = (outcome, truth) };
        return contract.Clauses
            .Where(clause => clause.AppliesTo(subject))
            .Select(clause => Of(contract, clause, outcome, [new(partner, 1, tallyOf(clause.Id))], rates: rates))
            .ToValueList();
    }

    /// <summary>What a clause would pay some partners, whether it applies or not.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="clause">One of its clauses.</param>
    /// <param name="outcome">The outcome, as first recorded; nothing is wrong with it.</param>
    /// <param name="partners">The partners with their weights and tallies, ordered by first touch.</param>
    /// <param name="totalWeight">
    /// The whole credit, with that of partners of other clauses; the sum of the weights when null.
    /// </param>
    /// <param name="rates">
    /// The rates by which a contract that converts reads what is in another currency, as known when the outcome was
    /// recorded; none when null.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Something is wrong with the outcome, there is no partner, or the weights exceed the total.
    /// </exception>
    /// <exception cref="InexactArithmeticException">A converted value has more digits than an amount can.</exception>
    /// <exception cref="OverflowException">An amount is more than an amount can be.</exception>
    public static ClausePreview Of(
        Contract contract,
        Clause clause,
        Outcome outcome,
        ValueList<Beneficiary> partners,
        long? totalWeight = null,
        RateBook? rates = null)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(clause);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(partners);
        OutcomeTruth truth = OutcomeTruth.Of(outcome);
        RateSnapshot? rate = clause.ReadsValue ? RateOf(contract, outcome, truth, rates) : null;
        Basis basis = clause.BasisOf(outcome, truth, contract.Currency, rate);
        FactSet facts = OutcomeFacts.Of(outcome, truth, null, null);
        basis = basis with
        {
            Facts = OutcomeFacts.With(facts, truth.KeptValue is null ? null : basis.Value.Round()),
        };
        Reason? refusal = RefusalOf(contract, clause, outcome, truth, rate);
        long total = totalWeight ?? partners.Sum(static p => p.Weight);
        return new()
        {
            Clause = clause.Id,
            Basis = basis,
            Refusal = refusal,
            Rate = rate,
            Notes = clause.Commissionable?.NotesOn(outcome) ?? [],
            Shares = refusal is null ? new ClausePricing().Price(clause, basis, partners.AsSpan(), total) : [],
        };
    }

    /// <summary>The clause, what each partner would get and its lines, the refusal and the notes as text.</summary>
    public string Explain()
    {
        List<string> text = [$"{Clause}: {Amount} on {Basis.Value}"];
        if (Rate is { } rate)
        {
            text.Add($"  {rate.From} to {rate.To} at {InvariantText.Of(rate.Rate)} ({rate.Id})");
        }

        foreach (PricedShare share in Shares)
        {
            text.Add($"  {share.Partner} {share.Amount}");
            text.AddRange(share.Payout.Lines.Select(static line => $"    {line}"));
            if (share.Repricing is { } repricing)
            {
                text.Add($"  {share.Partner} {share.Repriced} for earlier results");
                text.AddRange(repricing.Lines.Select(static line => $"    {line}"));
            }
        }

        ValueList<Reason> reasons = Refusal is { } refusal ? [refusal, .. Notes] : Notes;
        text.AddRange(reasons.Select(static reason => $"  {reason}"));
        return string.Join('\n', text);
    }

    // By the terms of the contract; null when nothing is converted, or when the rate is not known.
    private static RateSnapshot? RateOf(Contract contract, Outcome outcome, OutcomeTruth truth, RateBook? rates) =>
        rates is not null && contract.Conversion is { } terms
            && truth.KeptValue is { } value && value.Currency != contract.Currency
            ? rates.Find(terms.NeedOf(value.Currency, contract, outcome.At, outcome.RecordedAt))
            : null;

    private static Reason? RefusalOf(
        Contract contract, Clause clause, Outcome outcome, OutcomeTruth truth, RateSnapshot? rate)
    {
        if (truth.KeptValue is { } value && value.Currency != contract.Currency && clause.ReadsValue && rate is null)
        {
            return Reason.Of(PreviewReasons.OtherCurrency, ("from", value.Currency), ("to", contract.Currency));
        }

        return clause.Commissionable?.LeavesNothingOf(outcome) == true ? new(CommissionableReasons.NothingLeft) : null;
    }
}
