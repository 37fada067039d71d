using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Workflows;

/// <summary>What the bank is asked to do.</summary>
/// <param name="Id">The remittance's name: the idempotency key.</param>
/// <param name="Payee">Who gets the money.</param>
/// <param name="Amount">How much; above zero.</param>
public sealed record PaymentInstruction(RemittanceId Id, PartnerId Payee, Money Amount)
{
    /// <summary>The instruction of a remittance: always the same.</summary>
    /// <param name="remittance">The remittance.</param>
    public static PaymentInstruction Of(Remittance remittance)
    {
        ArgumentNullException.ThrowIfNull(remittance);
        return new(remittance.Id, remittance.Payee, remittance.Amount);
    }
}
