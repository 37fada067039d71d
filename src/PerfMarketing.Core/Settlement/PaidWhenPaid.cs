using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>Which statements may be paid on, when partners wait for the payer's money.</summary>
public static class PaidWhenPaid
{
    /// <summary>Why a statement may not be paid yet.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="statements">
    /// All statements of its advertiser that are closed, those of other partners, contracts and campaigns too. What is
    /// paid whether or not the payer has keeps nothing waiting.
    /// </param>
    /// <param name="received">The statements for which the payer's money has come.</param>
    /// <returns>The reason; null when the statement may be paid.</returns>
    public static Reason? Refuse(
        Statement statement, IEnumerable<Statement> statements, IReadOnlySet<StatementId> received)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(received);
        if (statement.Exposure == PaymentExposure.Independent)
        {
            return null;
        }

        if (!received.Contains(statement.Id))
        {
            return Reason.Of(SettlementReasons.AwaitsPayer, ("statement", statement.Id));
        }

        Statement? earlier = statement.Exposure == PaymentExposure.ThisInvoice ? null : statements
            .Where(s => s.IsClosed && s.To <= statement.To
                && s.Exposure != PaymentExposure.Independent && s.Payable.MinorUnits > 0 && !received.Contains(s.Id))
            .OrderBy(static s => s.To).ThenBy(static s => s.Id).FirstOrDefault();
        return earlier is null ? null : Reason.Of(SettlementReasons.AwaitsPayer, ("statement", earlier.Id));
    }
}
