using System.Text;
using PerfMarketing.Proofs;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="ISignatureVerifier"/>, as checks that a host runs against its own.</summary>
/// <remarks>
/// A verifier need not know every algorithm: what it does not know is unsupported. For each that it knows among
/// Ed25519, RSA with PKCS #1 and RSA with PSS, a published signature verifies and no other does. Run the vectors of
/// project Wycheproof besides.
/// </remarks>
public static class SignatureVerifierChecks
{
    private const int RacerCount = 16;

    /// <summary>All checks.</summary>
    public static PortChecks<ISignatureVerifier> All { get; } = new(
        An_unknown_algorithm_is_unsupported,
        Some_algorithm_is_known,
        Published_signatures_verify,
        No_changed_content_verifies,
        No_changed_or_cut_signature_verifies,
        No_signature_of_nothing_verifies,
        A_key_that_is_none_verifies_nothing,
        A_signature_is_of_one_algorithm,
        The_same_question_has_the_same_answer_on_all_threads);

    private static IEnumerable<SignatureQuestion> Samples => SignatureSamples.All;

    private static Task An_unknown_algorithm_is_unsupported(ISignatureVerifier verifier, CancellationToken token)
    {
        foreach (string algorithm in new[] { string.Empty, "none", "hmac-sha256", "acme.unknown", "ED25519" })
        {
            SignatureAnswer answer = verifier.Verify(Samples.First() with { Algorithm = algorithm });
            Expect.Equal(SignatureAnswer.Unsupported, answer, $"Nobody knows '{algorithm}'.");
        }

        return Task.CompletedTask;
    }

    private static Task Some_algorithm_is_known(ISignatureVerifier verifier, CancellationToken token)
    {
        Expect.Equal(true, Known(verifier).Any(), "A verifier that knows nothing is of no use.");
        return Task.CompletedTask;
    }

    private static Task Published_signatures_verify(ISignatureVerifier verifier, CancellationToken token)
    {
        foreach (SignatureQuestion sample in Known(verifier))
        {
            Expect.Equal(SignatureAnswer.Valid, verifier.Verify(sample), $"{sample.Algorithm}: this is published.");
        }

        return Task.CompletedTask;
    }

    private static Task No_changed_content_verifies(ISignatureVerifier verifier, CancellationToken token)
    {
        foreach (SignatureQuestion sample in Known(verifier))
        {
            foreach (ReadOnlyMemory<byte> changed in Changed(sample.Content).Append(default))
            {
                Refused(verifier, sample with { Content = changed }, "other content was signed");
            }
        }

        return Task.CompletedTask;
    }

    private static Task No_changed_or_cut_signature_verifies(ISignatureVerifier verifier, CancellationToken token)
    {
        foreach (SignatureQuestion sample in Known(verifier))
        {
            int length = sample.Signature.Length;
            byte[] longer = [.. sample.Signature.Span, 0];
            IEnumerable<ReadOnlyMemory<byte>> changed = Changed(sample.Signature)
                .Concat(Enumerable.Range(0, length).Select(l => sample.Signature[..l]))
                .Append(longer).Append(new byte[length]).Append(new byte[64 * 1024]);
            foreach (ReadOnlyMemory<byte> signature in changed)
            {
                Refused(verifier, sample with { Signature = signature }, "the signature is another");
            }
        }

        return Task.CompletedTask;
    }

    private static Task No_signature_of_nothing_verifies(ISignatureVerifier verifier, CancellationToken token)
    {
        foreach (SignatureQuestion sample in Known(verifier))
        {
            Refused(verifier, new(sample.Algorithm, default, default, default), "there is nothing");
        }

        return Task.CompletedTask;
    }

    private static Task A_key_that_is_none_verifies_nothing(ISignatureVerifier verifier, CancellationToken token)
    {
        foreach (SignatureQuestion sample in Known(verifier))
        {
            IEnumerable<ReadOnlyMemory<byte>> keys = Enumerable.Range(0, sample.Key.Length)
                .Select(l => sample.Key[..l])
                .Append(new byte[sample.Key.Length])
                .Append(Encoding.ASCII.GetBytes("-----BEGIN PUBLIC KEY-----"));
            foreach (ReadOnlyMemory<byte> key in keys)
            {
                Refused(verifier, sample with { Key = key }, "the key is none");
            }
        }

        return Task.CompletedTask;
    }

    private static Task A_signature_is_of_one_algorithm(ISignatureVerifier verifier, CancellationToken token)
    {
        foreach (SignatureQuestion sample in Known(verifier))
        {
            foreach (SignatureQuestion other in Samples.Where(o => o.Algorithm != sample.Algorithm))
            {
                Refused(verifier, sample with { Algorithm = other.Algorithm }, "the algorithm is another");
            }
        }

        return Task.CompletedTask;
    }

    private static async Task The_same_question_has_the_same_answer_on_all_threads(
        ISignatureVerifier verifier, CancellationToken token)
    {
        foreach (SignatureQuestion sample in Known(verifier))
        {
            SignatureAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, RacerCount)
                .Select(_ => Task.Run(() => verifier.Verify(sample), token))).ConfigureAwait(false);
            Expect.Equal(true, answers.All(static a => a == SignatureAnswer.Valid), $"{sample.Algorithm}: all agree.");
        }
    }

    private static IEnumerable<SignatureQuestion> Known(ISignatureVerifier verifier) =>
        Samples.Where(s => verifier.Verify(s) != SignatureAnswer.Unsupported);

    private static IEnumerable<ReadOnlyMemory<byte>> Changed(ReadOnlyMemory<byte> bytes) =>
        Enumerable.Range(0, bytes.Length * 8).Select(bit =>
        {
            byte[] changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            return (ReadOnlyMemory<byte>)changed;
        });

    // Unsupported is an answer too, to an algorithm that is not known.
    private static void Refused(ISignatureVerifier verifier, SignatureQuestion question, string because) =>
        Expect.Equal(
            false, verifier.Verify(question) == SignatureAnswer.Valid, $"{question.Algorithm}: {because}.");
}
