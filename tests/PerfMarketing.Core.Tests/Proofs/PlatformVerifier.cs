using System.Security.Cryptography;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tests.Proofs;

/// <summary>A verifier on the platform's own RSA and P-521: what a host's adapter looks like.</summary>
public sealed class PlatformVerifier : ISignatureVerifier
{
    /// <inheritdoc/>
    public SignatureAnswer Verify(SignatureQuestion question) => question.Algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha256 => Rsa(question, RSASignaturePadding.Pkcs1),
        SignatureAlgorithm.RsaPssSha256 => Rsa(question, RSASignaturePadding.Pss),
        SignatureAlgorithm.EcdsaP521Sha512 => P521(question),
        _ => SignatureAnswer.Unsupported,
    };

    private static SignatureAnswer Rsa(SignatureQuestion question, RSASignaturePadding padding)
    {
        using RSA rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(question.Key.Span, out _);
            return Answer(rsa.VerifyData(
                question.Content.Span, question.Signature.Span, HashAlgorithmName.SHA256, padding));
        }
        catch (CryptographicException)
        {
            return SignatureAnswer.Invalid;
        }
    }

    private static SignatureAnswer P521(SignatureQuestion question)
    {
        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(question.Key.Span, out _);
            return Answer(key.VerifyData(question.Content.Span, question.Signature.Span, HashAlgorithmName.SHA512));
        }
        catch (CryptographicException)
        {
            return SignatureAnswer.Invalid;
        }
    }

    private static SignatureAnswer Answer(bool verifies) => verifies ? SignatureAnswer.Valid : SignatureAnswer.Invalid;
}
