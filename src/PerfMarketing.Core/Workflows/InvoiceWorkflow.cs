using System.Diagnostics;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>Makes invoices and credit notes of closed statements.</summary>
/// <remarks>
/// Nothing is stored: the same statements with the same taxes make the same documents, with the same numbers.
/// Thread-safe when the port is.
/// </remarks>
public sealed class InvoiceWorkflow
{
    private readonly IStatementNumbers numbers;

    /// <summary>Makes the workflow.</summary>
    /// <param name="numbers">Gives documents their numbers.</param>
    public InvoiceWorkflow(IStatementNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        this.numbers = numbers;
    }

    /// <summary>Invoices statements of one payer, one after the other, in their order.</summary>
    /// <param name="payer">Who pays the statements, and writes the documents in self-billing.</param>
    /// <param name="statements">
    /// The statements; open ones, and those that neither pay nor claim, are passed over.
    /// </param>
    /// <param name="taxesOf">The taxes of a statement, from the host's data on partner and payer.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ArgumentException">
    /// A tax is below 0 or above 100 %, a note is too long, or the port gave a number that is empty or too long. No
    /// number is lost by it: the call that is repeated gets the same ones.
    /// </exception>
    public async ValueTask<ValueList<StatementInvoice>> InvoiceAsync(
        PartyId payer,
        ValueList<Statement> statements,
        Func<Statement, TaxTerms> taxesOf,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(taxesOf);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Invoice);
        List<StatementInvoice> invoices = [];
        for (int i = 0; i < statements.Count; i++)
        {
            Statement statement = statements[i];
            if (StatementInvoice.IsDue(statement))
            {
                bool isCreditNote = statement.Claimed is not null;
                string number = await numbers
                    .NumberOfAsync(payer, statement.Partner, statement.Id, isCreditNote, cancellationToken)
                    .ConfigureAwait(false);
                invoices.Add(StatementInvoice.Of(statement, taxesOf(statement), number));
            }
        }

        WorkflowTelemetry.Answer(activity, invoices.Count);
        return invoices.ToValueList();
    }
}
