using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>
/// Gives invoices and credit notes their numbers, in the sequence that the tax law asks for.
/// </summary>
/// <remarks>
/// <para>
/// Ordering: statements may be asked for in any order; each new one gets the next number of its sequence.
/// </para>
/// <para>
/// Idempotency: asked again, the same statement gets the same number, so that a call that broke off is simply repeated
/// and leaves no gap. A number is of one document: the same statement with another payer or partner, or as the other
/// kind of document, throws <see cref="ArgumentException"/>.
/// </para>
/// <para>
/// Consistency: two statements of one sequence never get the same number, and no number is left out. A relational store
/// keeps (statement, number) with a unique index on the statement and one on the number in its sequence, and takes the
/// next number in the same transaction.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface IStatementNumbers
{
    /// <summary>The number of a statement's document.</summary>
    /// <param name="payer">
    /// The payer who writes it in self-billing: two payers of one partner have a sequence each.
    /// </param>
    /// <param name="partner">The partner in whose name it is written: sequences are often per partner.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="isCreditNote">Whether it is a credit note, which may have a sequence of its own.</param>
    /// <param name="cancellationToken">Stops the call; the number may be taken all the same.</param>
    /// <returns>The number; from 1 to <see cref="StatementInvoice.NumberLengthMax"/> characters.</returns>
    ValueTask<string> NumberOfAsync(
        PartyId payer,
        PartnerId partner,
        StatementId statement,
        bool isCreditNote,
        CancellationToken cancellationToken);
}
