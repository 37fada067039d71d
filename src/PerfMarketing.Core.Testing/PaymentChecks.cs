using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="IPayments"/>, as checks that a host runs against its own bank.</summary>
/// <remarks>
/// Use a provider's test environment. That no instruction is carried out twice is seen in its account only; the checks
/// see that each is known by its id.
/// </remarks>
public static class PaymentChecks
{
    private const int RacerCount = 32;
    private static readonly RemittanceId One = new("00000000000000000000000000000001");
    private static readonly RemittanceId Two = new("00000000000000000000000000000002");

    /// <summary>All checks.</summary>
    public static PortChecks<IPayments> All { get; } = new(
        What_was_never_sent_is_not_found,
        What_was_sent_is_found,
        Sending_again_is_asking_how_it_stands,
        Ids_are_kept_apart,
        Same_id_with_other_content_is_never_carried_out,
        Of_many_senders_of_one_id_all_get_an_answer);

    private static async Task What_was_never_sent_is_not_found(IPayments bank, CancellationToken token)
    {
        PaymentAnswer? none = await bank.FindAsync(One, token).ConfigureAwait(false);
        Expect.Equal(null, none, "Nothing was sent.");
    }

    private static async Task What_was_sent_is_found(IPayments bank, CancellationToken token)
    {
        await bank.SendAsync(Instruction(One), token).ConfigureAwait(false);
        PaymentAnswer? found = await bank.FindAsync(One, token).ConfigureAwait(false);
        Expect.Equal(true, found is not null, "What was sent is known.");
    }

    private static async Task Sending_again_is_asking_how_it_stands(IPayments bank, CancellationToken token)
    {
        await bank.SendAsync(Instruction(One), token).ConfigureAwait(false);
        PaymentAnswer again = await bank.SendAsync(Instruction(One), token).ConfigureAwait(false);
        PaymentAnswer? found = await bank.FindAsync(One, token).ConfigureAwait(false);
        Expect.Equal(again, found, "Both say how it stands.");
    }

    private static async Task Ids_are_kept_apart(IPayments bank, CancellationToken token)
    {
        await bank.SendAsync(Instruction(One), token).ConfigureAwait(false);
        PaymentAnswer? none = await bank.FindAsync(Two, token).ConfigureAwait(false);
        Expect.Equal(null, none, "The other was not sent.");
    }

    private static async Task Same_id_with_other_content_is_never_carried_out(IPayments bank, CancellationToken token)
    {
        await bank.SendAsync(Instruction(One), token).ConfigureAwait(false);
        PaymentInstruction[] others =
        [
            Instruction(One) with { Amount = 2.Eur },
            Instruction(One) with { Amount = 1.Usd },
            Instruction(One) with { Payee = new("P-blog") },
        ];
        foreach (PaymentInstruction other in others)
        {
            bool isRefused = false;
            try
            {
                await bank.SendAsync(other, token).ConfigureAwait(false);
            }
            catch (ArgumentException)
            {
                isRefused = true;
            }

            Expect.Equal(true, isRefused, $"{other.Amount} to {other.Payee} under the same id throws.");
        }
    }

    private static async Task Of_many_senders_of_one_id_all_get_an_answer(IPayments bank, CancellationToken token)
    {
        PaymentAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, RacerCount).Select(_ =>
            Task.Run(async () => await bank.SendAsync(Instruction(One), token).ConfigureAwait(false), token)))
            .ConfigureAwait(false);
        Expect.Equal(RacerCount, answers.Length, "Nobody fails.");
        PaymentAnswer? found = await bank.FindAsync(One, token).ConfigureAwait(false);
        Expect.Equal(true, found is not null, "It is known.");
    }

    private static PaymentInstruction Instruction(RemittanceId id) => new(id, new PartnerId("p-blog"), 1.Eur);
}
