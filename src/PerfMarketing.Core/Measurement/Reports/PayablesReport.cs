using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What each payee is owed, over contracts and campaigns.</summary>
/// <param name="Payees">One balance for each payee and currency, by payee and currency code.</param>
public sealed record PayablesReport(ValueList<PayeeBalance> Payees) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>What all payees are to be paid together, one amount for each currency.</summary>
    /// <exception cref="OverflowException">The sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public ValueList<Money> Payable => MoneySums.Of(Payees.Select(static p => p.Payable));

    /// <summary>The report over some statements.</summary>
    /// <param name="statements">
    /// The statements of one period, or of periods that follow each other; of any number of contracts, each of one
    /// campaign.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A statement stands twice, or one between two others is missing: what one carries over is not what the next
    /// opens with; or contracts of two campaigns have one id, which only statements with their campaigns tell apart.
    /// </exception>
    /// <exception cref="OverflowException">A sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public static PayablesReport Of(IEnumerable<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        return Of(statements.Select(static s => new PayableStatement(default, s)));
    }

    /// <summary>The report over some statements of campaigns that may have contracts of one id.</summary>
    /// <param name="statements">
    /// The statements of one period, or of periods that follow each other; of any number of contracts and campaigns.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A statement stands twice, or one between two others is missing: what one carries over is not what the next
    /// opens with.
    /// </exception>
    /// <exception cref="OverflowException">A sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public static PayablesReport Of(IEnumerable<PayableStatement> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        PayableStatement[] all = [.. statements];
        if (all.DistinctBy(static s => s.Statement.Id).Count() < all.Length)
        {
            throw new ArgumentException("Each statement stands once.", nameof(statements));
        }

        List<(PartnerId Payee, Currency Currency, PayeeBalance Balance)> accounts = [];
        foreach (var account in all.GroupBy(
            static s => (s.Campaign, s.Statement.Contract, s.Statement.Partner, s.Statement.Gross.Currency),
            static s => s.Statement))
        {
            PayeeBalance balance = BalanceOf([.. account.OrderBy(static s => s.From)]);
            accounts.Add((account.Key.Partner, account.Key.Currency, balance));
        }

        return new(accounts.GroupBy(static a => (a.Payee, a.Currency), static a => a.Balance)
            .OrderBy(static g => g.Key.Payee).ThenBy(static g => g.Key.Currency.Code, StringComparer.Ordinal)
            .Select(static g => g.Aggregate(Together))
            .ToValueList());
    }

    /// <summary>Reads a report.</summary>
    /// <param name="terms">The terms.</param>
    public static PayablesReport Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(terms.List("payees", PayeeBalance.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.List("payees", Payees);
    }

    private static PayeeBalance BalanceOf(ReadOnlySpan<Statement> chain)
    {
        Money earned = Money.Zero(chain[0].Gross.Currency);
        Money payable = earned;
        Money claimed = earned;
        Money carried = chain[0].Opening;
        Instant before = chain[0].From;
        foreach (Statement statement in chain)
        {
            if (!ReferenceEquals(statement, chain[0]) && statement.From == before)
            {
                throw new ArgumentException(
                    $"Two campaigns have a contract '{statement.Contract}': give the statements with their campaigns.",
                    nameof(chain));
            }

            before = statement.From;
            if (statement.Opening != carried)
            {
                throw new ArgumentException(
                    $"Before '{statement.Contract}', '{statement.Partner}', {statement.Period} a statement is missing.",
                    nameof(chain));
            }

            earned += statement.Total;
            payable += statement.Payable;
            claimed += statement.Claimed ?? Money.Zero(claimed.Currency);
            carried = statement.Closing;
        }

        return new(chain[0].Partner, chain.Length, chain[0].Opening, earned, payable, carried) { Claimed = claimed };
    }

    private static PayeeBalance Together(PayeeBalance one, PayeeBalance other) => new(
        one.Payee,
        one.StatementCount + other.StatementCount,
        one.Opening + other.Opening,
        one.Earned + other.Earned,
        one.Payable + other.Payable,
        one.Carried + other.Carried)
    { Claimed = one.Claimed + other.Claimed };
}
