using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>
/// Gives invoices and credit notes their numbers, in the sequence that the partner's tax law asks for.
/// </summary>
/// <remarks>
/// Idempotent by statement: asked again, the same statement gets the same number, so that a call that broke off is
/// simply repeated and leaves no gap. A host keeps (statement, number) with a unique index on both, and takes the next
/// number of the sequence in the same transaction. Calls may come in any order and from several threads at once. Await
/// a returned task once.
/// </remarks>
public interface IStatementNumbers
{
    /// <summary>The number of a statement's document.</summary>
    /// <param name="partner">The partner in whose name it is written: sequences are often per partner.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="isCreditNote">Whether it is a credit note, which may have a sequence of its own.</param>
    /// <param name="cancellationToken">Stops the call; the number may be taken all the same.</param>
    ValueTask<string> NumberOfAsync(
        PartnerId partner, StatementId statement, bool isCreditNote, CancellationToken cancellationToken);
}
