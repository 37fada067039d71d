using System.Globalization;
using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Testing;

/// <content>Months are closed and paid; budgets are spent.</content>
public sealed partial class ContractScenario
{
    private readonly Dictionary<StatementId, Statement> closed = [];
    private readonly Dictionary<(PartnerId Payee, Currency Currency), RemittanceBook> books = [];
    private readonly Dictionary<StatementId, Money> paidBack = [];

    /// <summary>A month's statements are closed: they stay as they are, and are due as the terms say.</summary>
    /// <param name="month">The month, such as <c>2026-03</c>; it is over.</param>
    /// <exception cref="InvalidOperationException">The month is not over, or has no statements.</exception>
    public ContractScenario Closed(string month)
    {
        Statement[] statements = [.. StatementsOf(month)];
        if (statements.Length == 0 || Array.Exists(statements, static s => !s.IsClosed))
        {
            throw new InvalidOperationException($"{month} has no statements, or is not over: let time pass first.");
        }

        foreach (Statement statement in statements)
        {
            closed[statement.Id] = statement;
            Tell(() => run.State.Close(statement.Contract, statement.To));
        }

        return this;
    }

    /// <summary>A partner is paid what the closed statements say is due by now.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="isRefused">Whether the bank refuses: then it is payable again.</param>
    /// <param name="terms">The partner's terms; null for one payment of all that is due, without a fee.</param>
    /// <exception cref="ArgumentException">Nobody named the partner.</exception>
    public ContractScenario Remitted(string partner, bool isRefused = false, RemittanceTerms? terms = null)
    {
        PartnerId payee = Known(partner);
        Currency currency = terms?.Currency ?? run.State.Campaign.Contracts[0].Currency;
        RemittanceBook book = BookOf(payee, currency);
        var plan = RemittancePlan.Of(
            terms ?? new() { Payee = payee, Currency = currency },
            [
                .. closed.Values.Select(s => PayableStatement.Of(run.State.Campaign, s) with
                {
                    IsPayerPaid = true,
                    ClaimPaid = paidBack.TryGetValue(s.Id, out Money paid) ? paid : null,
                }),
            ],
            book,
            Now);
        if (plan.Remittance is { } remittance)
        {
            book.Apply(remittance);
            RemittanceResult result = isRefused && remittance.Amount.MinorUnits > 0
                ? RemittanceResult.Refused
                : RemittanceResult.Confirmed;
            book.Apply(RemittanceAnswer.Of(remittance.Id, result, Now));
        }

        return this;
    }

    /// <summary>The newest payment that a partner has comes back from the bank: it is payable again.</summary>
    /// <param name="partner">The partner.</param>
    /// <exception cref="ArgumentException">Nobody named the partner, or it has no payment.</exception>
    public ContractScenario CameBack(string partner)
    {
        PartnerId payee = Known(partner);
        (RemittanceBook book, RemittanceState newest) = books.Where(b => b.Key.Payee == payee)
            .SelectMany(static b => b.Value.Remittances.Select(r => (b.Value, r)))
            .Where(static r => r.r.IsConfirmed && r.r.Remittance.Amount.MinorUnits > 0)
            .OrderBy(static r => r.r.Remittance.DecidedAt).LastOrDefault();
        if (newest is null)
        {
            throw new ArgumentException($"'{partner}' has no payment.", nameof(partner));
        }

        book.Apply(RemittanceAnswer.Of(newest.Remittance.Id, RemittanceResult.Returned, Now));
        return this;
    }

    /// <summary>A partner pays back what a closed statement of a month claims, or a part of it.</summary>
    /// <param name="month">The month, such as <c>2026-03</c>.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="amount">What is paid back now, without taxes, in the currency of the claim.</param>
    /// <exception cref="ArgumentException">
    /// Nobody named the partner, no contract has such a month, or no closed statement of it claims anything of the
    /// partner.
    /// </exception>
    public ContractScenario PaidBack(string month, string partner, Money amount)
    {
        PartnerId payee = Known(partner);
        Statement? claims = StatementsIn(month)
            .FirstOrDefault(s => s.Partner == payee && s.Claimed is not null && closed.ContainsKey(s.Id));
        StatementId id = claims?.Id
            ?? throw new ArgumentException($"Nothing is claimed of '{partner}' for {month}.", nameof(month));
        paidBack[id] = paidBack.TryGetValue(id, out Money before) ? before + amount : amount;
        return this;
    }

    /// <summary>What a partner was paid in all, and has.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="total">The total, such as <c>24.00 EUR</c>; <c>nothing</c> when nothing was paid.</param>
    /// <exception cref="ScenarioFailedException">It has another amount.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner.</exception>
    public ContractScenario ExpectRemitted(string partner, string total)
    {
        PartnerId payee = Known(partner);
        RemittanceBook[] own = [.. books.Where(b => b.Key.Payee == payee).Select(static b => b.Value)];
        return Expect(
            $"payments to {partner}",
            total,
            Text(own.Where(static b => b.Sent.MinorUnits != 0).Select(static b => b.Sent)),
            [
                .. own.SelectMany(static b => b.Remittances).Select(static r => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{r.Remittance.DecidedAt}: {r.Remittance.Amount} {StateOf(r)}")),
                .. LinesOf(closed.Values.Where(s => s.Partner == payee)),
            ]);
    }

    /// <summary>What a partner's statement of a month says is payable.</summary>
    /// <param name="month">The month, such as <c>2026-03</c>.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="payable">The amount, such as <c>24.00 EUR</c>; <c>nothing</c> without a statement.</param>
    /// <exception cref="ScenarioFailedException">Another amount is payable.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner, or no contract has such a month.</exception>
    public ContractScenario ExpectPayable(string month, string partner, string payable)
    {
        PartnerId payee = Known(partner);
        Statement[] statements = [.. StatementsIn(month).Where(s => s.Partner == payee)];
        return Expect(
            $"payable to {partner} for {month}",
            payable,
            Text(statements.Select(static s => s.Payable)),
            LinesOf(statements));
    }

    /// <summary>What a budget has left in the period that it is now.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="available">What neither was spent nor is reserved, such as <c>76.00 EUR</c>.</param>
    /// <exception cref="ScenarioFailedException">Another amount is left.</exception>
    /// <exception cref="ArgumentException">The campaign has no such budget.</exception>
    public ContractScenario ExpectBudget(string budget, string available)
    {
        Budget named = run.State.Campaign.Budgets.FirstOrDefault(b => b.Id.Value == budget)
            ?? throw new ArgumentException($"There is no budget '{budget}'.", nameof(budget));
        BudgetState state = run.State.BudgetOf(named, Now);
        state.AdvanceTo(Now);
        return Expect(
            $"budget {budget} in {state.Period.Key}",
            available,
            state.Available.ToString(),
            [$"limit {state.Limit}", $"committed {state.Committed}", $"reserved {state.Reserved}"]);
    }

    private static string StateOf(RemittanceState remittance) =>
        remittance.IsRefused ? "refused" : remittance.IsReturned ? "came back" : "paid";

    // What a statement shows, line by line.
    private static IEnumerable<string> LinesOf(IEnumerable<Statement> statements) => statements.SelectMany(
        static s => s.Lines.Select(static l => $"{l.OutcomeId} {l.Tag}: {l.Partner} {l.Amount}")
            .Prepend($"{s.Partner} {s.Period}: opening {s.Opening}")
            .Append($"{s.Partner} {s.Period}: payable {s.Payable}, closing {s.Closing}"));

    private RemittanceBook BookOf(PartnerId payee, Currency currency)
    {
        if (!books.TryGetValue((payee, currency), out RemittanceBook? book))
        {
            books.Add((payee, currency), book = new(payee, currency));
        }

        return book;
    }
}
