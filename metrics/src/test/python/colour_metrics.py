import numpy as np
from skimage.metrics import structural_similarity, peak_signal_noise_ratio
def image(h,w,seed):
    y,x,c=np.meshgrid(np.arange(h),np.arange(w),np.arange(3),indexing='ij')
    y=y.astype(np.int64);x=x.astype(np.int64);c=c.astype(np.int64)
    return ((x*(3+seed)+y*(5+2*seed)+c*37+(x*y*(seed+1))//7)%256).astype(np.uint8)
for (h,w,a,b) in [(11,11,0,1),(24,37,0,1),(24,37,2,2),(40,31,1,5),(13,64,3,4)]:
    t=image(h,w,a)
    if a==b:
        p=t.copy(); p[3,4,1]^=1
    else:
        p=((t.astype(np.int64)*3+image(h,w,b))//4).astype(np.uint8)
    print(h,w,a,b,repr(float(peak_signal_noise_ratio(t,p,data_range=255))),repr(float(structural_similarity(t,p,gaussian_weights=True,sigma=1.5,use_sample_covariance=False,data_range=255,channel_axis=-1))))
    f=t.astype(float); rg=f[...,0]-f[...,1]; yb=.5*(f[...,0]+f[...,1])-f[...,2]
    print('colourfulness', repr(float(np.sqrt(rg.var()+yb.var())+.3*np.sqrt(rg.mean()**2+yb.mean()**2))))
