using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>Where payments are made: a bank, a payment provider, a file that a person uploads.</summary>
/// <remarks>
/// <para>
/// Ordering: instructions may be sent in any order, and carried out in any order.
/// </para>
/// <para>
/// Idempotency: an instruction is carried out once, however often it is sent: its id is the idempotency key, kept for
/// as long as the money may be disputed. The same id with another payee or amount is never carried out and throws <see
/// cref="ArgumentException"/>.
/// </para>
/// <para>
/// Consistency: what was sent before a look-up began is found, or the answer is <see cref="PaymentStatus.Unknown"/>:
/// nothing is reported as never received while it may still arrive. <see cref="PaymentStatus.Paid"/> and <see
/// cref="PaymentStatus.Refused"/> are final.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface IPayments
{
    /// <summary>Asks for a payment, or how it stands when it was asked for before.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="cancellationToken">Stops waiting; the payment may be made all the same.</param>
    ValueTask<PaymentAnswer> SendAsync(PaymentInstruction instruction, CancellationToken cancellationToken);

    /// <summary>How a payment stands.</summary>
    /// <param name="id">The instruction's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer; null when no such instruction was ever received.</returns>
    ValueTask<PaymentAnswer?> FindAsync(RemittanceId id, CancellationToken cancellationToken);
}
